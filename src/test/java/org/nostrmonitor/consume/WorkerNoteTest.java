package org.nostrmonitor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkerNoteTest {
    @Test
    void saysThatPostgresIsAwayAndHowMuchIsHeld() {
        assertThat(WorkerNote.reportsHeld(1640, 2000, true))
                .isEqualTo("PostgreSQL does not take reports: 1,640 of 2,000 are held, so nothing more is claimed");
    }

    @Test
    void saysThatPostgresIsSlow() {
        assertThat(WorkerNote.reportsHeld(1640, 2000, false))
                .isEqualTo("PostgreSQL is slow to take reports: 1,640 of 2,000 are held, so nothing more is claimed");
    }

    @Test
    void saysThatDocumentsFillTheRoom() {
        assertThat(WorkerNote.documentsHeld(52_400_000, 64_000_000, true))
                .isEqualTo("PostgreSQL does not take reports: 52 of 64 MB are held, so nothing more is claimed");
    }

    @Test
    void saysThatAcknowledgementsWait() {
        assertThat(WorkerNote.acksWait(1601, 2000))
                .isEqualTo("Redis does not take acknowledgements: 1,601 of 2,000 wait, so nothing more is claimed");
    }

    @Test
    void saysHowLateTheLoopIs() {
        assertThat(WorkerNote.late(1180)).isEqualTo("the event loop is 1,180 ms late");
    }

    @Test
    void saysThatJobsWaitForTheTurnOfTheirHosts() {
        assertThat(WorkerNote.notHandedOut(12))
                .isEqualTo("12 jobs wait but none is handed out: their hosts have had their turn");
        assertThat(WorkerNote.notHandedOut(1))
                .isEqualTo("1 job waits but is not handed out: its host has had its turn");
    }

    @Test
    void saysThatRedisIsAwayOrThatTheWorkerStops() {
        assertThat(WorkerNote.NO_QUEUE).isEqualTo("Redis does not answer, so nothing can be claimed");
        assertThat(WorkerNote.STOPPING).isEqualTo("the worker is stopping, so nothing more is claimed");
        assertThat(WorkerNote.NOTHING).isEmpty();
    }
}

package org.nostrmonitor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {
    private final Room room = new Room(10, 1000);

    @Test
    void takesNoMoreThanItHolds() {
        for (int i = 0; i < 10; i++) {
            assertThat(room.take(1)).isTrue();
        }

        assertThat(room.take(1)).isFalse();
        room.give(1);
        assertThat(room.take(1)).isTrue();
    }

    @Test
    void takesNoMoreBytesThanItHolds() {
        assertThat(room.take(600)).isTrue();

        assertThat(room.take(401)).isFalse();
        assertThat(room.take(400)).isTrue();
        assertThat(room.taken()).isEqualTo(2);
        assertThat(room.isFullOfBytes()).isTrue();
    }

    @Test
    void closesAtFourFifthsAndOpensBelowThreeFifths() {
        take(7);
        assertThat(room.open()).isTrue();
        take(1);
        assertThat(room.open()).isFalse();
        give(2);
        assertThat(room.open()).isFalse();
        give(1);
        assertThat(room.open()).isTrue();
        take(2);
        assertThat(room.open()).isTrue();
    }

    @Test
    void closesForBytesToo() {
        room.take(799);
        assertThat(room.open()).isTrue();
        room.take(1);
        assertThat(room.open()).isFalse();
    }

    private void take(int count) {
        for (int i = 0; i < count; i++) {
            room.take(0);
        }
    }

    private void give(int count) {
        for (int i = 0; i < count; i++) {
            room.give(0);
        }
    }
}

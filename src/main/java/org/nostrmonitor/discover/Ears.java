package org.nostrmonitor.discover;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nostrmonitor.discover.Heard.Note;
import org.nostrmonitor.discover.Roster.Admission;
import org.nostrmonitor.link.Backoff;
import org.nostrmonitor.link.Dialler;

/** What all sources share: the way to them, who is listened to, and where it is written down. On one context. */
record Ears(
        Vertx vertx,
        Dialler dialler,
        Sieve sieve,
        Roster roster,
        Notebook notebook,
        DiscoveryFigures figures,
        InstantSource clock,
        Pace pace,
        RandomGenerator random) {
    Backoff backoff() {
        return new Backoff(pace.leastWait(), pace.mostWait(), random);
    }

    /** Completes when there is room for more. */
    Future<Void> hear(List<Note> notes) {
        notes.forEach(this::hear);
        figures.monitors(roster.seated().size());
        return notebook.room();
    }

    private void hear(Note note) {
        if (note instanceof Heard.Seen seen) {
            Admission admission = roster.spoke(note.monitor(), seen.sighting().at(), clock.instant());
            String displaced = admission.displaced();
            if (displaced != null) {
                notebook.gone(displaced);
            }
            if (admission.refused()) {
                figures.heard(Verdict.CROWDED);
                return;
            }
        } else if (note instanceof Heard.Introduced) {
            roster.announced(note.monitor());
        }
        if (roster.has(note.monitor())) {
            notebook.note(note);
        }
    }
}

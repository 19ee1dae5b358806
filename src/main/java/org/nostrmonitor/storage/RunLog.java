package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What coordinators did, and how it ended. */
public interface RunLog {
    /** @param result in words, at most 1,000 characters */
    record Run(String job, Instant startedAt, Duration took, boolean well, String result) {}

    /** Adds one, and forgets those that began more than 30 days before it. */
    Future<Void> add(Run run);

    /** The newest first. */
    Future<List<Run>> recent(int most);

    /** The newest of each job, by the name of the job. */
    Future<List<Run>> newest();
}

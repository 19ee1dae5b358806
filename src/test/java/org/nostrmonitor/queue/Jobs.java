package org.nostrmonitor.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;

/** Jobs to test with, as large as real ones. */
final class Jobs {
    static final String REGION = "here";
    static final Instant CYCLE = Instant.ofEpochSecond(1_700_000_100);

    private Jobs() {}

    static CheckJob job(String host) {
        return job(host, Priority.ONLINE);
    }

    static CheckJob job(String host, Priority priority) {
        return job(host, priority, CYCLE, REGION);
    }

    static CheckJob job(String host, Priority priority, Instant cycle, String region) {
        Map<CheckType, Duration> timeouts = Map.of(
                CheckType.OPEN, Duration.ofSeconds(10),
                CheckType.READ, Duration.ofSeconds(10),
                CheckType.WRITE, Duration.ofSeconds(10),
                CheckType.NIP11, Duration.ofSeconds(10),
                CheckType.CAPABILITIES, Duration.ofSeconds(10));
        return new CheckJob(
                RelayUrl.of("wss://" + host),
                region,
                cycle,
                Set.of(CheckType.values()),
                timeouts,
                "ab".repeat(32),
                List.of(RelayUrl.of("wss://one.example"), RelayUrl.of("wss://two.example")),
                priority,
                1);
    }

    static List<CheckJob> jobs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> job("relay-" + i + ".example"))
                .toList();
    }
}

package org.nostrmonitor.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;

/** Jobs like those of a real cycle: URLs of 30 characters, most relays up, some of them checked for less. */
final class BenchmarkJobs {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int HEX_DIGITS = 64;
    private static final List<RelayUrl> TARGETS =
            List.of(RelayUrl.of("wss://one.example"), RelayUrl.of("wss://two.example"));

    private BenchmarkJobs() {}

    static List<CheckJob> of(String region, Instant cycle, int count) {
        Map<CheckType, Duration> all = new EnumMap<>(CheckType.class);
        for (CheckType check : CheckType.values()) {
            all.put(check, TIMEOUT);
        }
        Map<CheckType, Duration> withoutWrite = new EnumMap<>(all);
        withoutWrite.remove(CheckType.WRITE);
        return IntStream.range(0, count)
                .mapToObj(i -> job(region, cycle, i, i % 2 == 0 ? all : withoutWrite))
                .toList();
    }

    private static CheckJob job(String region, Instant cycle, int i, Map<CheckType, Duration> timeouts) {
        boolean up = i % 3 != 0;
        return new CheckJob(
                        RelayUrl.of("wss://relay%06d.example.org".formatted(i)),
                        region,
                        cycle,
                        timeouts.keySet(),
                        timeouts,
                        "a".repeat(HEX_DIGITS),
                        TARGETS,
                        up ? Priority.ONLINE : Priority.DEAD,
                        1)
                .withWasUp(up);
    }
}

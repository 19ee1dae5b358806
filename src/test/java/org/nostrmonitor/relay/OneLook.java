package org.nostrmonitor.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports of one look at a relay, without further facts. */
public final class OneLook {
    private static final Duration BUSY = Duration.ofMillis(50);

    private OneLook() {}

    /** @param loopLag above 50 ms, all times are withheld */
    public static CheckReport report(
            RelayUrl relay,
            String region,
            Instant cycle,
            Instant checkedAt,
            @Nullable String address,
            Phases phases,
            Outcome open,
            Outcome read,
            Outcome write,
            Outcome nip11,
            @Nullable String document,
            Map<Requirement, Boolean> observed,
            Duration loopLag) {
        return new CheckReport(
                relay,
                region,
                cycle,
                checkedAt,
                address,
                phases,
                open,
                read,
                write,
                nip11,
                document,
                observed,
                loopLag,
                loopLag.compareTo(BUSY) > 0 ? EnumSet.allOf(Stage.class) : Set.of(),
                1,
                Facts.NONE);
    }
}

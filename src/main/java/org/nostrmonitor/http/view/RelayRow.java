package org.nostrmonitor.http.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.RelayViews.Item;

/**
 * A relay in a list.
 *
 * @param trouble why it is not simply online, or null
 * @param troubleCss {@code bad warn} or empty
 * @param name what it calls itself, or null
 * @param open milliseconds, or null if it was not measured
 */
public record RelayRow(
        Address address,
        StateMark state,
        @Nullable String trouble,
        String troubleCss,
        @Nullable Said name,
        @Nullable Said software,
        String network,
        ResultMark write,
        Strip strip,
        @Nullable String open,
        @Nullable String read,
        @Nullable When checked) {

    /** More is cut by the style anyway, and fifty long ones would make a page of megabytes. */
    static final int LONGEST = 200;

    static RelayRow of(Item item, Instant now) {
        return new RelayRow(
                Address.of(item.url()),
                StateMark.of(item.state()),
                trouble(item, now),
                css(item.state()),
                said(item.name()),
                said(item.software() == null ? null : Software.shortName(item.software())),
                Networks.name(item.url().network()),
                write(item.writable()),
                Strip.of(item.strip(), now),
                Numbers.msOrNull(item.open()),
                Numbers.msOrNull(item.read()),
                When.orNull(item.checkedAt(), now));
    }

    static @Nullable String trouble(Item item, Instant now) {
        String clause = Clause.of(item.stage(), item.reason());
        String since = " since " + When.of(item.since(), now).text();
        return switch (item.state()) {
            case ONLINE -> null;
            case DEGRADED -> "Degraded" + since + (clause == null ? "" : ": " + clause);
            case OFFLINE -> "Offline" + since + (clause == null ? "" : ": " + clause);
            case UNKNOWN -> "Not checked" + (clause == null ? "" : ": " + clause);
        };
    }

    private static String css(RelayState state) {
        return switch (state) {
            case OFFLINE -> "bad";
            case DEGRADED -> "warn";
            case ONLINE, UNKNOWN -> "";
        };
    }

    private static @Nullable Said said(@Nullable String written) {
        return written == null || written.isBlank() ? null : Said.of(written, LONGEST, "…");
    }

    private static ResultMark write(@Nullable Boolean writable) {
        if (writable == null) {
            return ResultMark.neither("not tested");
        }
        return writable ? ResultMark.yes("accepted") : ResultMark.no("not accepted");
    }
}

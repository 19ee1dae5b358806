package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.Narrowing;
import org.nostrmonitor.storage.Near;
import org.nostrmonitor.storage.RelayViews.Aliases;

/** What a search asks for, in words that follow "only". */
final class Conditions {
    private final List<String> words = new ArrayList<>();

    private Conditions() {}

    /** The conditions with commas between them; empty if there is none. */
    static String of(Search search) {
        Conditions conditions = new Conditions();
        conditions.own(search);
        conditions.further(search.more());
        if (search.aliases() == Aliases.ONLY) {
            conditions.words.add("other URLs of relays that are listed already");
        }
        return String.join(", ", conditions.words);
    }

    private void own(Search search) {
        RelayState status = search.status();
        Network network = search.network();
        String software = search.software();
        if (!search.text().isEmpty()) {
            words.add("with “" + search.text() + "”");
        }
        if (status != null) {
            words.add(StateMark.of(status).word().toLowerCase(Locale.ROOT));
        }
        if (network != null) {
            words.add("on " + Networks.name(network));
        }
        if (software != null) {
            words.add("running " + Software.shortName(software));
        }
        either(search.writable(), "accepting our writes", "not accepting our writes");
    }

    private void further(Narrowing more) {
        Near near = more.near();
        more.nips().forEach(nip -> words.add("claiming NIP-" + nip));
        more.tags().forEach(tag -> words.add("tagged “" + tag + "”"));
        if (more.country() != null) {
            words.add("in " + Countries.name(more.country()));
        }
        if (more.asn() != null) {
            words.add("announced by AS" + more.asn());
        }
        if (near != null) {
            words.add("within " + Search.plain(near.kilometres()) + " km of " + Search.place(near));
        }
        either(more.auth(), "asking for authentication", "not asking for authentication");
        either(more.payment(), "asking for payment", "not asking for payment");
        either(more.pow(), "asking for proof of work", "not asking for proof of work");
        either(more.restricted(), "restricting writes", "not restricting writes");
        if (more.leastUptime() != null) {
            words.add("up for " + Filters.percent(more.leastUptime()) + " % of the last 7 days or more");
        }
        if (more.mostOpen() != null) {
            words.add("opening in " + Numbers.count(more.mostOpen().toMillis()) + " ms or less");
        }
        if (more.addedSince() != null) {
            words.add("added since " + Filters.day(more.addedSince()));
        }
    }

    private void either(@Nullable Boolean asked, String yes, String no) {
        if (asked != null) {
            words.add(asked ? yes : no);
        }
    }
}

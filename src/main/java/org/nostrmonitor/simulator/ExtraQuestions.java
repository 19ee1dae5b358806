package org.nostrmonitor.simulator;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.simulator.RelayRules.Skill;

/** The questions of one conversation that not all relays know: COUNT (NIP-45), search (NIP-50) and negentropy (NIP-77). */
final class ExtraQuestions {
    private final RelayRules rules;
    private final Consumer<RelayMessage> say;
    private final Runnable close;

    ExtraQuestions(RelayRules rules, Consumer<RelayMessage> say, Runnable close) {
        this.rules = rules;
        this.say = say;
        this.close = close;
    }

    /** Whether the relay closes the connection on such filters. */
    boolean endOn(List<Filter> filters) {
        return rules.searches() == Skill.CLOSES && filters.stream().anyMatch(filter -> filter.search() != null);
    }

    /** What there is; a relay that cannot search looks at the rest of the filter. */
    List<NostrEvent> found(List<Filter> filters) {
        return rules.searches() == Skill.WORKS ? Search.of(filters, rules::stored) : rules.stored(filters);
    }

    /** @param refusal why the client may not ask, or null */
    void count(ClientMessage.Count count, @Nullable String refusal) {
        if (refusal != null) {
            say.accept(new RelayMessage.Closed(count.query(), refusal));
        } else if (knows(rules.counts())) {
            say.accept(
                    new RelayMessage.Count(count.query(), found(count.filters()).size()));
        }
    }

    /** Tells the ids that there are, and leaves it to the client to compare. */
    void sync(ClientMessage.NegOpen open, @Nullable String refusal) {
        if (refusal != null) {
            say.accept(new RelayMessage.NegErr(open.subscription(), refusal));
        } else if (knows(rules.syncs())) {
            say.accept(new RelayMessage.NegMsg(open.subscription(), Negentropy.ids(found(List.of(open.filter())))));
        }
    }

    private boolean knows(Skill skill) {
        if (skill == Skill.UNKNOWN) {
            say.accept(new RelayMessage.Notice("error: bad msg: unknown cmd"));
        } else if (skill == Skill.CLOSES) {
            close.run();
        }
        return skill == Skill.WORKS;
    }
}

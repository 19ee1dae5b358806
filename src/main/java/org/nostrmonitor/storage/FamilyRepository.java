package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;

/** Which URLs may lead to the same relay, and which are taken for aliases of others. */
public interface FamilyRepository {
    /**
     * The enabled relays whose NIP-11 document is also that of another, or has a key of the relay's own; at most 200,000. Reads
     * all that is stored of them: not for a hot path.
     */
    Future<List<Member>> members();

    /**
     * Makes these the aliases, and no others. What stays an alias of the same relay keeps its time. Completes with how many
     * relays changed. Several nodes may do it at the same time.
     */
    Future<Integer> replace(Collection<Alias> aliases, Instant now);

    /**
     * A relay with what tells it apart.
     *
     * @param since when it came into its state
     * @param document the hash of its newest NIP-11 document, hex
     * @param named whether that has both a name and the key of an operator, so that two do not have it by accident
     * @param self the relay's own key, as the document says (NIP-11), or null
     * @param addresses that its name has, from all regions
     */
    record Member(
            int id,
            RelayUrl url,
            Instant addedAt,
            boolean up,
            Instant since,
            Instant checkedAt,
            String document,
            boolean named,
            @Nullable String self,
            Set<String> addresses) {
        public Member {
            addresses = Set.copyOf(addresses);
        }
    }

    /** @param why in words, after "since it has" */
    record Alias(int id, int of, String why) {}
}

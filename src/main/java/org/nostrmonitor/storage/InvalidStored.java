package org.nostrmonitor.storage;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of each stored URL that the rules of today reject, once, that it is not checked. */
final class InvalidStored {
    private static final Logger LOG = LoggerFactory.getLogger(InvalidStored.class);
    private static final int MOST_SAID = 1000;

    private final Set<Integer> said = ConcurrentHashMap.newKeySet();

    /** @param id the relay's */
    void say(int id, InvalidRelayUrl why) {
        if (said.size() < MOST_SAID && said.add(id)) {
            LOG.warn("the stored relay {} is not checked, its URL is none: {}", id, why.getMessage());
        }
    }
}

package org.nostrmonitor.schedule;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that something does not work when it begins and that it works again when it is over, not every second between. */
final class SaidOnce {
    private static final Logger log = LoggerFactory.getLogger(CheckScheduler.class);

    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    /** @param what a part of a sentence, of a fixed set: {@code the cycles of eu} */
    void failed(String what, Throwable why) {
        if (broken.add(what)) {
            log.warn("Cannot see to {}: {}", what, why.toString());
        }
    }

    void worked(String what) {
        if (broken.remove(what)) {
            log.info("Can see to {} again", what);
        }
    }
}

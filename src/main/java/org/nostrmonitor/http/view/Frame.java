package org.nostrmonitor.http.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds every page.
 *
 * @param title of the page, without the name of the site
 * @param section which link of the navigation is the current one: {@code overview relays statistics compare system api}, or empty
 * @param search whether the search field stands in the bar
 * @param cycle how far the newest cycle is, or null if there is none, or if it cannot be told now
 * @param now the moment the page tells of, or null if it tells of none
 * @param next the next page of a list, or null
 * @param feed the Atom feed of what the page is about, or null
 */
public record Frame(
        Site site,
        String title,
        String description,
        String section,
        boolean search,
        @Nullable CycleLine cycle,
        @Nullable When now,
        @Nullable String next,
        @Nullable String feed) {

    /**
     * What is the same on every page.
     *
     * @param name of this monitor
     * @param publicKey 64 hex digits, or null if this node signs nothing
     * @param stylesheet its URL, with a hash of its content
     * @param script the URL of the module that loads what a page needs
     * @param earlyScript the URL of the module that has to run before a page is painted
     */
    public record Site(
            String name,
            @Nullable String publicKey,
            String stylesheet,
            String icon,
            String script,
            String earlyScript) {
        public String shortKey() {
            String key = publicKey == null ? "" : publicKey;
            return key.length() > 16 ? key.substring(0, 8) + "…" + key.substring(key.length() - 6) : key;
        }
    }

    /** @param percent of the jobs that are done, or null if that is not known */
    public record CycleLine(
            When cycle, @Nullable String percent, @Nullable Integer done, int planned, String tail) {
        static @Nullable CycleLine of(@Nullable CycleNow cycle, Instant now) {
            if (cycle == null) {
                return null;
            }
            Integer done = cycle.done();
            boolean known = done != null && cycle.planned() > 0;
            String percent = known && done != null ? Numbers.percent(done, cycle.planned(), 0) : null;
            return new CycleLine(When.of(cycle.cycle(), now), percent, done, cycle.planned(), cycle.tail(now));
        }
    }

    /** A frame without a search field of its own in the page below. */
    static Frame of(Site site, Now now, String title, String description, String section) {
        return new Frame(
                site,
                title,
                description,
                section,
                true,
                CycleLine.of(now.cycle(), now.at()),
                When.of(now.at(), now.at()),
                null,
                null);
    }

    /** A frame that stays the same: of a page that tells nothing of the moment. */
    static Frame ofNoMoment(Site site, String title, String description, String section) {
        return new Frame(site, title, description, section, true, null, null, null, null);
    }

    /** The same for a list, which has its own search field. */
    Frame ofList(@Nullable String nextPage) {
        return new Frame(site, title, description, section, false, cycle, now, nextPage, feed);
    }

    /** The same with a feed that browsers and readers find. */
    Frame withFeed(String atom) {
        return new Frame(site, title, description, section, search, cycle, now, next, atom);
    }
}

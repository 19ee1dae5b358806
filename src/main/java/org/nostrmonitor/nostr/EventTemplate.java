package org.nostrmonitor.nostr;

import java.util.List;

/**
 * An event before it has an author, an id and a signature.
 *
 * @param createdAt seconds since the epoch
 * @param kind 0 to 65535
 * @param tags each at least one string
 */
public record EventTemplate(long createdAt, int kind, List<List<String>> tags, String content) {
    public EventTemplate {
        tags = tags.stream().map(List::copyOf).toList();
    }

    /** The same, but at this second if it would be older. */
    public EventTemplate notBefore(long second) {
        return new EventTemplate(Math.max(createdAt, second), kind, tags, content);
    }
}

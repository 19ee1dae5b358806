package org.nostrmonitor.storage;

import java.util.List;
import org.nostrmonitor.storage.RelayViews.Item;

/**
 * Relays that were up and are worse now, and those that came back. A relay that was never up is simply offline, and one that
 * came back degraded came back. Where many are worse, the numbers are as they were counted last.
 *
 * @param down offline, and up until at most 24 hours ago; {@code downLonger} up until before that
 * @param offlineFirst offline since the first check
 * @param degraded degraded, and online before
 * @param back up, and offline until at most 24 hours ago
 * @param newest of those that are down or degraded, newest first, at most 10
 * @param returned of those that are back, newest first, at most 5
 */
public record Ongoing(
        int down, int downLonger, int offlineFirst, int degraded, int back, List<Item> newest, List<Item> returned) {
    public Ongoing {
        newest = List.copyOf(newest);
        returned = List.copyOf(returned);
    }
}

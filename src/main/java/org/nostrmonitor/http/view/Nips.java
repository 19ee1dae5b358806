package org.nostrmonitor.http.view;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the NIPs that relays claim are about, in a word or two; from the titles of the NIPs repository. */
final class Nips {
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("1", "Basic protocol"),
            Map.entry("2", "Follow list"),
            Map.entry("4", "Encrypted messages, old"),
            Map.entry("5", "DNS identifiers"),
            Map.entry("9", "Deletion"),
            Map.entry("11", "Information document"),
            Map.entry("12", "Generic tag queries"),
            Map.entry("13", "Proof of work"),
            Map.entry("15", "Marketplace"),
            Map.entry("16", "Event treatment"),
            Map.entry("17", "Private messages"),
            Map.entry("20", "Command results"),
            Map.entry("22", "Comments, or time limits"),
            Map.entry("26", "Delegation"),
            Map.entry("28", "Public chat"),
            Map.entry("29", "Groups"),
            Map.entry("33", "Addressable events"),
            Map.entry("40", "Expiration"),
            Map.entry("42", "Authentication"),
            Map.entry("43", "Access requests"),
            Map.entry("44", "Encryption"),
            Map.entry("45", "COUNT"),
            Map.entry("50", "Search"),
            Map.entry("56", "Reporting"),
            Map.entry("57", "Zaps"),
            Map.entry("59", "Gift wrap"),
            Map.entry("62", "Request to vanish"),
            Map.entry("65", "Relay lists"),
            Map.entry("66", "Relay discovery"),
            Map.entry("70", "Protected events"),
            Map.entry("77", "Negentropy sync"),
            Map.entry("86", "Relay management"),
            Map.entry("94", "File metadata"),
            Map.entry("96", "HTTP files"));

    private Nips() {}

    static @Nullable String title(String nip) {
        return TITLES.get(nip);
    }
}

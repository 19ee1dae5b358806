package org.nostrmonitor.http.view;

/**
 * What others can put on their pages, and subscribe to.
 *
 * @param badge the URL of the image here; {@code alt} what it says
 * @param feed the Atom feed
 */
public record EmbedPanel(String badge, String alt, String markdown, String html, String feed) {
    /** @param origin of this site as its reader sees it, {@code https://monitor.example} */
    static EmbedPanel of(Address address, StateMark state, String origin) {
        String badge = "/api/v1" + address.href() + "/badge.svg";
        String alt = "relay: " + state.word().toLowerCase(java.util.Locale.ROOT);
        String image = origin + badge;
        String page = origin + address.href();
        return new EmbedPanel(
                badge,
                alt,
                "[![relay](" + image + ")](" + page + ")",
                "<a href=\"" + page + "\"><img src=\"" + image + "\" alt=\"relay\" height=\"20\"></a>",
                feed(address));
    }

    static String feed(Address address) {
        return address.href() + "/feed.atom";
    }
}

package org.nostrmonitor.http.view;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.History.Incident;
import org.nostrmonitor.storage.RelayViews.Detail;

/**
 * The changes of a relay's state as an Atom feed (RFC 4287), newest first: an entry for the begin of each incident, and one for
 * its end if the relay was well again. An entry never changes, and its id is the same whoever serves it under this key.
 */
public final class AtomFeed {
    private static final Duration LONGEST_BETWEEN = Duration.ofSeconds(1);

    private AtomFeed() {}

    private record Entry(String about, Instant at, String title, String text) {}

    /**
     * @param newestFirst its incidents, as far as they are told
     * @param origin of this site as the reader sees it
     */
    public static String of(Frame.Site site, Detail detail, List<Incident> newestFirst, String origin) {
        Address address = Address.of(detail.item().url());
        String shown = address.shown();
        List<Entry> entries = entries(newestFirst, shown);
        Instant updated = entries.isEmpty() ? detail.addedAt() : entries.get(0).at();
        String whose = (site.publicKey() == null ? site.name() : site.publicKey()) + " " + address.full();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
                .append("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n");
        element(xml, "id", id(whose));
        element(xml, "title", "Changes of " + shown);
        element(xml, "subtitle", "When " + shown + " was seen to go offline, and to come back");
        element(xml, "updated", time(updated));
        link(xml, "self", "application/atom+xml", origin + EmbedPanel.feed(address));
        link(xml, "alternate", "text/html", origin + address.href());
        xml.append("<author><name>").append(escaped(site.name())).append("</name></author>\n");
        for (Entry entry : entries) {
            xml.append("<entry>\n");
            element(xml, "id", id(whose + " " + entry.about()));
            element(xml, "title", entry.title());
            element(xml, "published", time(entry.at()));
            element(xml, "updated", time(entry.at()));
            link(xml, "alternate", "text/html", origin + address.href());
            xml.append("<content type=\"text\">").append(escaped(entry.text())).append("</content>\n</entry>\n");
        }
        return xml.append("</feed>\n").toString();
    }

    private static List<Entry> entries(List<Incident> newestFirst, String shown) {
        Set<Instant> begun = new HashSet<>();
        newestFirst.forEach(incident -> begun.add(incident.from()));
        List<Entry> entries = new ArrayList<>();
        for (Incident incident : newestFirst) {
            Instant to = incident.to();
            // What follows at once is told by its own begin: degraded after offline is not well again.
            if (to != null && begun.stream().noneMatch(next -> follows(incident, to, next))) {
                entries.add(end(incident, to, shown));
            }
            entries.add(begin(incident, shown));
        }
        return entries;
    }

    private static boolean follows(Incident incident, Instant to, Instant next) {
        return next.isAfter(incident.from()) && Duration.between(to, next).abs().compareTo(LONGEST_BETWEEN) < 0;
    }

    private static Entry begin(Incident incident, String shown) {
        String state = StateMark.of(incident.state()).word();
        String why = why(incident.firstStage(), incident.firstReason());
        return new Entry(
                "begin " + incident.state().label() + " " + incident.from(),
                incident.from(),
                state + ": " + shown,
                state + " since " + told(incident.from()) + why + ".");
    }

    private static Entry end(Incident incident, Instant to, String shown) {
        String was = StateMark.of(incident.state()).word().toLowerCase(Locale.ROOT);
        return new Entry(
                "end " + incident.state().label() + " " + incident.from(),
                to,
                "Online again: " + shown,
                "Online since " + told(to) + ". It was " + was + " for "
                        + Numbers.span(Duration.between(incident.from(), to)) + why(incident.stage(), incident.reason())
                        + ".");
    }

    private static String why(@Nullable Stage stage, @Nullable Reason reason) {
        String clause = Clause.of(stage, reason);
        return clause == null ? "" : ": " + clause;
    }

    /** With its day, since nobody knows when it is read. */
    private static String told(Instant at) {
        return When.of(at, Instant.EPOCH).inSentence().text();
    }

    private static String id(String about) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(about.getBytes(StandardCharsets.UTF_8));
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void element(StringBuilder xml, String name, String text) {
        xml.append('<')
                .append(name)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(name)
                .append(">\n");
    }

    private static void link(StringBuilder xml, String relation, String type, String href) {
        xml.append("<link rel=\"").append(relation).append("\" type=\"").append(type);
        xml.append("\" href=\"").append(escaped(href)).append("\"/>\n");
    }

    /** As XML 1.0 takes it: what it has no place for is told by its code point. */
    private static String escaped(String text) {
        return Said.flat(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("[^\\u0009\\u000a\\u000d\\u0020-\\ud7ff\\ue000-\\ufffd\\x{10000}-\\x{10ffff}]", "\ufffd");
    }
}

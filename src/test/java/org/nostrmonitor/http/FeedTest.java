package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.http.view.Address;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The changes of a relay as an Atom feed, as RFC 4287 wants it. */
class FeedTest {
    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final String EXPIRED = Address.path(DemoData.EXPIRED) + "/feed.atom";

    private static DemoClient demo;

    @BeforeAll
    static void serve() throws Exception {
        demo = new DemoClient(DemoData.relays());
    }

    @AfterAll
    static void close() throws Exception {
        demo.close();
    }

    private static Element feed(String path) throws Exception {
        HttpResponse<String> response = demo.get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/atom+xml; charset=utf-8");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        byte[] xml = response.body().getBytes(StandardCharsets.UTF_8);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml)).getDocumentElement();
    }

    /** The text of each child of this name, one at least. */
    private static List<String> texts(Element parent, String name) {
        return children(parent, name).stream().map(Element::getTextContent).toList();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name.equals(element.getLocalName())) {
                assertThat(element.getNamespaceURI()).isEqualTo(ATOM);
                found.add(element);
            }
        }
        return found;
    }

    @Test
    void hasAllThatAFeedMustHaveAndEachEntryToo() throws Exception {
        Element feed = feed(EXPIRED);

        assertThat(feed.getLocalName()).isEqualTo("feed");
        assertThat(texts(feed, "title")).containsExactly("Changes of wss://relay.havfrue.example");
        assertThat(texts(children(feed, "author").get(0), "name")).containsExactly("Nostr Monitor");
        List<Element> entries = children(feed, "entry");
        assertThat(entries).hasSizeGreaterThan(2).hasSizeLessThanOrEqualTo(100);
        List<Element> all = new ArrayList<>(entries);
        all.add(feed);
        for (Element one : all) {
            assertThat(texts(one, "id")).hasSize(1).allMatch(id -> id.startsWith("urn:uuid:"));
            assertThat(texts(one, "title")).hasSize(1);
            assertThat(texts(one, "updated"))
                    .hasSize(1)
                    .allMatch(at -> Instant.parse(at).isBefore(DemoClient.NOW));
            assertThat(children(one, "link"))
                    .allMatch(link -> link.getAttribute("href").startsWith("http://127.0.0.1:"));
        }
        assertThat(all.stream().map(one -> texts(one, "id").get(0))).doesNotHaveDuplicates();
        assertThat(texts(feed, "updated")).isEqualTo(texts(entries.get(0), "updated"));
    }

    @Test
    void tellsTheBeginAndTheEndOfEachIncidentNewestFirst() throws Exception {
        List<Element> entries = children(feed(EXPIRED), "entry");

        assertThat(entries.stream().map(entry -> texts(entry, "title").get(0)).limit(3))
                .containsExactly(
                        "Offline: wss://relay.havfrue.example",
                        "Online again: wss://relay.havfrue.example",
                        "Offline: wss://relay.havfrue.example");
        assertThat(texts(entries.get(0), "content"))
                .containsExactly("Offline since 22 Nov 2026, 14:35 UTC: the TLS certificate has expired.");
        assertThat(texts(entries.get(1), "content").get(0))
                .matches("Online since .* UTC\\. It was offline for 3 h: the host did not answer in time\\.");
        assertThat(entries.stream().map(entry -> texts(entry, "updated").get(0)))
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void staysTheSameUntilSomethingChanges() throws Exception {
        HttpResponse<String> first = demo.get(EXPIRED);
        String tag = first.headers().firstValue("etag").orElseThrow();

        assertThat(demo.send("GET", EXPIRED, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(demo.get(EXPIRED).body()).isEqualTo(first.body());
        assertThat(demo.send("HEAD", EXPIRED).statusCode()).isEqualTo(200);
    }

    @Test
    void aRelayWithoutIncidentsHasAnEmptyFeedAndAnUnknownOneHasNone() throws Exception {
        assertThat(children(feed(Address.path(DemoData.NEW) + "/feed.atom"), "entry"))
                .isEmpty();
        assertThat(demo.get("/relays/wss%3A%2F%2Fnobody.example%2F/feed.atom").statusCode())
                .isEqualTo(404);
        assertThat(demo.get("/relays/nonsense/feed.atom").statusCode()).isEqualTo(400);
    }

    @Test
    void thePageNamesItsFeed() throws Exception {
        assertThat(demo.get(Address.path(DemoData.EXPIRED)).body())
                .contains("<link rel=\"alternate\" type=\"application/atom+xml\"", "href=\"" + EXPIRED + "\"");
    }

    /** Whoever asks by a strange name is told that of an honest one. */
    @Test
    void aHostThatIsNoneIsNotRepeated() throws Exception {
        String answer = RawHttp.talk(
                demo, "GET " + EXPIRED + " HTTP/1.1\r\nHost: evil\"><script>\r\nConnection: close\r\n\r\n");

        assertThat(answer).doesNotContain("evil");
    }
}

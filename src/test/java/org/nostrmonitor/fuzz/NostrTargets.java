package org.nostrmonitor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.EventJson;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.nostr.Nip19;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.PlainText;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.nostr.Signatures;

/** What is read of the Nostr protocol. What was read can be stored, and is the same after it was written and read again. */
final class NostrTargets {
    private static final String KEY = "67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa";
    static final String NSEC = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
    private static final String NPUB = "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg";
    private static final NostrEvent EVENT = event();
    private static final Filter FILTER = new Filter(
            List.of(EVENT.id()),
            List.of(EVENT.pubkey()),
            List.of(1, 30166),
            Map.of("e", List.of("x")),
            1L,
            2L,
            3,
            "best");
    private static final String DOCUMENT = """
            {"name":"a","description":"b","pubkey":"%1$s","self":"%1$s","contact":"c","supported_nips":[1,"11",42],\
            "software":"s","version":"1","icon":"i","relay_countries":["DE"],"language_tags":["en-419"],"tags":["x"],\
            "retention":[{"kinds":[0,1,[5,7],[40,49]],"time":3600},{"time":0,"count":1}],"limitation":{"auth_required":true,\
            "payment_required":false,"restricted_writes":true,"min_pow_difficulty":30,"max_message_length":16384,\
            "max_subscriptions":20,"max_limit":500,"created_at_lower_limit":31536000,"created_at_upper_limit":3}}""".formatted("ab".repeat(32));

    private NostrTargets() {}

    private static NostrEvent event() {
        try {
            return EventSigner.of(SecretKey.parse(KEY))
                    .sign(new EventTemplate(
                            1_700_000_000, 1, List.of(List.of("e", "x", ""), List.of("p", "🐶")), "a \"b\"\\\n\u001f"));
        } catch (ProtocolException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Target> all() {
        return List.of(
                Target.ofText("relay message", relayMessages(), NostrTargets::relayMessage, ProtocolException.class),
                Target.ofText("client message", clientMessages(), NostrTargets::clientMessage, ProtocolException.class),
                Target.ofText("event", List.of(EventJson.write(EVENT)), NostrTargets::event, ProtocolException.class),
                Target.ofText("filter", filters(), NostrTargets::clientMessage, ProtocolException.class),
                Target.ofText("NIP-11 document", List.of(DOCUMENT), NostrTargets::document, ProtocolException.class),
                Target.ofText("secret key", List.of(NSEC, KEY), NostrTargets::secretKey, ProtocolException.class),
                Target.ofText("npub", List.of(NPUB), NostrTargets::npub, ProtocolException.class));
    }

    private static List<String> relayMessages() {
        return Stream.of(
                        new RelayMessage.Event("s", EVENT),
                        new RelayMessage.Ok(EVENT.id(), false, "blocked: x"),
                        new RelayMessage.Eose("s"),
                        new RelayMessage.Closed("s", "auth-required: x"),
                        new RelayMessage.Notice("hello"),
                        new RelayMessage.Auth("challenge"),
                        new RelayMessage.Count("s", 5),
                        new RelayMessage.NegMsg("s", "61"),
                        new RelayMessage.NegErr("s", "blocked: x"),
                        new RelayMessage.Other("HELLO"))
                .map(RelayMessage::toJson)
                .toList();
    }

    private static List<String> clientMessages() {
        return Stream.of(
                        new ClientMessage.Req("s", List.of(FILTER, Filter.ANY)),
                        new ClientMessage.Event(EVENT),
                        new ClientMessage.Close("s"),
                        new ClientMessage.Auth(EVENT),
                        new ClientMessage.Count("s", List.of(FILTER)),
                        new ClientMessage.NegOpen("s", FILTER, "61"),
                        new ClientMessage.NegMsg("s", "61"),
                        new ClientMessage.NegClose("s"))
                .map(ClientMessage::toJson)
                .toList();
    }

    private static List<String> filters() {
        return List.of(
                new ClientMessage.Req("s", List.of(FILTER)).toJson(),
                new ClientMessage.Req("s", List.of(FILTER.withSearch(""), FILTER.withLimit(0))).toJson());
    }

    private static void relayMessage(String json) throws ProtocolException {
        RelayMessage message = bounded(() -> RelayMessage.parse(json));
        assertStorable(message);
        assertThat(RelayMessage.parse(message.toJson())).isEqualTo(message);
        if (message instanceof RelayMessage.Event found) {
            assertHex(found.event());
        }
    }

    private static void clientMessage(String json) throws ProtocolException {
        ClientMessage message = bounded(() -> ClientMessage.parse(json));
        assertStorable(message);
        assertThat(ClientMessage.parse(message.toJson())).isEqualTo(message);
        if (message instanceof ClientMessage.Req req) {
            assertThat(req.filters()).allMatch(filter -> areHex(filter.ids()) && areHex(filter.authors()));
        }
    }

    private static void event(String json) throws ProtocolException {
        NostrEvent event = bounded(() -> EventJson.parse(json));
        assertStorable(event);
        assertThat(EventJson.parse(EventJson.write(event))).isEqualTo(event);
        assertHex(event);
        boolean same = event.equals(EVENT);
        assertThat(Signatures.verify(event)).isEqualTo(same);
    }

    private static void document(String json) throws ProtocolException {
        Nip11 document = bounded(() -> Nip11.parse(json));
        assertStorable(document);
        assertThat(document.supportedNips()).hasSizeLessThanOrEqualTo(500).allMatch(nip -> nip >= 0 && nip <= 65_535);
        assertThat(document.retentionKinds()).hasSizeLessThanOrEqualTo(100);
        Stream.of(document.name(), document.description(), document.contact(), document.icon())
                .forEach(NostrTargets::assertBounded);
        Stream.of(document.tags(), document.relayCountries(), document.languageTags())
                .forEach(list ->
                        assertThat(list).hasSizeLessThanOrEqualTo(100).allMatch(text -> text.length() <= 1_000));
    }

    /** What is not the key itself, differently written, has another public key. */
    private static void secretKey(String text) throws ProtocolException {
        SecretKey key = bounded(() -> SecretKey.parse(text));
        boolean same = key.nsec().equals(NSEC);
        assertThat(text.toLowerCase(Locale.ROOT).equals(NSEC)
                        || text.toLowerCase(Locale.ROOT).equals(KEY))
                .isEqualTo(same);
        assertThat(SecretKey.parse(key.nsec()).publicKey()).isEqualTo(key.publicKey());
    }

    /** BIP-173: all of one case. */
    private static void npub(String text) throws ProtocolException {
        String written = Nip19.npub(bounded(() -> Nip19.publicKey(text)));
        assertThat(text).isIn(written, written.toUpperCase(Locale.ROOT));
    }

    private static void assertHex(NostrEvent event) {
        assertThat(areHex(List.of(
                        event.id(),
                        event.pubkey(),
                        event.sig().substring(0, 64),
                        event.sig().substring(64))))
                .isTrue();
    }

    private static boolean areHex(List<String> texts) {
        return texts.stream().allMatch(text -> text.matches("[0-9a-f]{64}"));
    }

    private interface Parser<T> {
        T parse() throws ProtocolException;
    }

    /** A refusal is said in few words. */
    private static <T> T bounded(Parser<T> parser) throws ProtocolException {
        try {
            return parser.parse();
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(200);
            assertStorable(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static void assertBounded(@Nullable String text) {
        assertThat(text == null ? 0 : text.length()).isLessThanOrEqualTo(1_000);
    }

    private static void assertStorable(Object value) {
        assertThat(PlainText.isStorable(value.toString())).as("storable").isTrue();
    }
}

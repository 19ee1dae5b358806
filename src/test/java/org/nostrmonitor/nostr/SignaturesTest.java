package org.nostrmonitor.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
    private static final EventTemplate TEMPLATE = new EventTemplate(
            1_700_000_000, 30166, List.of(List.of("d", "wss://relay.example/"), List.of("n", "clearnet")), "{\"a\":1}");

    private final EventSigner signer = EventSigner.of(SecretKey.random());

    /** Made once with nostr-tools 2 from npm: plain, escapes and Unicode, control characters, the seven escapes alone. */
    static List<String> eventsOfAnotherLibrary() throws IOException {
        InputStream file = Objects.requireNonNull(SignaturesTest.class.getResourceAsStream("/nostr/events.jsonl"));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("eventsOfAnotherLibrary")
    void verifiesWhatAnotherLibrarySigned(String json) throws ProtocolException {
        assertThat(Signatures.verify(EventJson.parse(json))).isTrue();
    }

    @Test
    void givesTheIdsThatAnotherLibraryGives() throws ProtocolException, IOException {
        EventSigner same =
                EventSigner.of(SecretKey.parse("nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5"));
        NostrEvent theirs = EventJson.parse(eventsOfAnotherLibrary().get(1));
        NostrEvent ours =
                same.sign(new EventTemplate(theirs.createdAt(), theirs.kind(), theirs.tags(), theirs.content()));
        assertThat(ours.id()).isEqualTo(theirs.id());
        assertThat(ours.pubkey()).isEqualTo(theirs.pubkey());
    }

    @Test
    void hashesOtherControlCharactersVerbatim() {
        byte[] id = CanonicalEvent.id("ab", 1, 2, List.of(List.of("x", "\u0001")), "\u007f\u2028é");
        assertThat(id)
                .isEqualTo(Sha256.of(
                        "[0,\"ab\",1,2,[[\"x\",\"\u0001\"]],\"\u007f\u2028é\"]".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void verifiesWhatItSigned() {
        NostrEvent event = signer.sign(TEMPLATE);
        assertThat(Signatures.verify(event)).isTrue();
        assertThat(event.pubkey()).isEqualTo(signer.publicKey());
        assertThat(event.tags()).isEqualTo(TEMPLATE.tags());
    }

    @Test
    void refusesAnEventWithAnyFieldChanged() {
        NostrEvent good = signer.sign(TEMPLATE);
        String other = EventSigner.of(SecretKey.random()).publicKey();
        assertThat(List.of(
                        with(good, good.id(), other, good.createdAt(), good.kind(), good.content(), good.sig()),
                        with(good, good.id(), good.pubkey(), 1, good.kind(), good.content(), good.sig()),
                        with(good, good.id(), good.pubkey(), good.createdAt(), 1, good.content(), good.sig()),
                        with(good, good.id(), good.pubkey(), good.createdAt(), good.kind(), "", good.sig()),
                        with(
                                good,
                                good.id(),
                                good.pubkey(),
                                good.createdAt(),
                                good.kind(),
                                good.content(),
                                signer.sign(new EventTemplate(1, 1, List.of(), ""))
                                        .sig()),
                        with(
                                good,
                                "0".repeat(64),
                                good.pubkey(),
                                good.createdAt(),
                                good.kind(),
                                good.content(),
                                good.sig())))
                .noneMatch(Signatures::verify);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zz", "ABCDEF", "é", "\0"})
    void callsWhatIsNoHexBadInsteadOfThrowing(String text) {
        NostrEvent good = signer.sign(TEMPLATE);
        assertThat(Signatures.verify(with(good, text, good.pubkey(), 1, 1, "", good.sig())))
                .isFalse();
        assertThat(Signatures.verify(with(good, good.id(), text, 1, 1, "", good.sig())))
                .isFalse();
        assertThat(Signatures.verify(with(good, good.id(), good.pubkey(), 1, 1, "", text)))
                .isFalse();
        assertThat(Signatures.verify(with(good, good.id(), good.pubkey(), 1, 1, "\ud800" + text, good.sig())))
                .isFalse();
    }

    @Test
    void callsAPublicKeyThatIsNotOnTheCurveBadInsteadOfThrowing() {
        String notOnTheCurve = "eefdea4cdb677750a420fee807eacf21eb9898ae79b9768766e4faa04a2d4a34";
        byte[] id = CanonicalEvent.id(notOnTheCurve, 1, 1, List.of(), "");
        NostrEvent event = new NostrEvent(Hex.of(id), notOnTheCurve, 1, 1, List.of(), "", "0".repeat(128));
        assertThat(Signatures.verify(event)).isFalse();
    }

    @Test
    void signsNothingThatHasNoFormInUtf8() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer.sign(new EventTemplate(1, 1, List.of(List.of("t", "\udc00")), "")));
        assertThatIllegalArgumentException().isThrownBy(() -> signer.sign(new EventTemplate(1, 1, List.of(), "a\0b")));
    }

    @Test
    void printsNoSecret() throws ProtocolException {
        String hex = "67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa";
        SecretKey secret = SecretKey.parse(hex);
        assertThat(secret.toString() + EventSigner.of(secret))
                .doesNotContain(hex)
                .doesNotContain("nsec1");
    }

    private static NostrEvent with(
            NostrEvent event, String id, String pubkey, long createdAt, int kind, String content, String sig) {
        return new NostrEvent(id, pubkey, createdAt, kind, event.tags(), content, sig);
    }
}

package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.probe.HostileFramesTest.assertFailed;
import static org.nostrmonitor.relay.CheckType.READ;
import static org.nostrmonitor.relay.CheckType.WRITE;

import io.vertx.core.json.JsonArray;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Outcome.Refused;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;

/** Peers whose frames are in order, and whose words are not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileMessagesTest {
    private static final NostrEvent NOTE =
            ProbeLab.SIGNER.sign(new EventTemplate(1_700_000_000, 1, List.of(), "hello"));

    private final Assault assault = new Assault();

    @AfterAll
    void close() {
        assault.close();
    }

    @Test
    void noEose() {
        assertThat(reading().read()).isEqualTo(new Failed(Stage.READ, Reason.NO_REPLY, ""));
    }

    @Test
    void eoseForAnotherSubscription() {
        assertThat(reading("[\"EOSE\",\"another\"]").read()).isEqualTo(new Failed(Stage.READ, Reason.NO_REPLY, ""));
    }

    @Test
    void noticeOnly() {
        CheckReport report = reading("[\"NOTICE\",\"hello\"]");
        assertThat(report.read()).isEqualTo(new Refused(Reason.REFUSED, "hello"));
        assertThat(report.state()).isEqualTo(RelayState.ONLINE);
    }

    @Test
    void aMillionEventsForAnotherSubscription() {
        assertFailed(flooding(new RelayMessage.Event("another", NOTE)), Reason.TOO_LARGE, "");
    }

    @Test
    void aMillionForgedEvents() {
        assertFailed(flooding(new RelayMessage.Event("read", signedByNobody())), Reason.TOO_LARGE, "");
    }

    private CheckReport flooding(RelayMessage message) {
        RawServer peer = RawServer.upgrading(
                assault.world, socket -> RawServer.forever(socket, RawServer.text(message.toJson())));
        return assault.atOnce(peer, peer.ws(), READ);
    }

    @Test
    void emptyArraysNulAndLoneSurrogates() {
        CheckReport report = reading(
                "\u0000",
                "[\"OK\",\"\\ud800\"]",
                "[\"CLOSED\",\"\\udc00\\u0000\"]",
                "",
                "[]",
                "[[],[]]",
                "[\"EVENT\"]");
        assertFailed(report, Reason.PROTOCOL, "");
    }

    @Test
    void anEventBehindTenForgedOnes() {
        List<String> events =
                new ArrayList<>(Collections.nCopies(10, new RelayMessage.Event("read", signedByNobody()).toJson()));
        events.add(new RelayMessage.Event("read", NOTE).toJson());
        assertFailed(reading(events.toArray(String[]::new)), Reason.PROTOCOL, "wrong id or signature");
    }

    @Test
    void deepNesting() {
        assertFailed(reading("[".repeat(100_000) + "]".repeat(100_000)), Reason.PROTOCOL, "");
    }

    @Test
    void aNumberOfAMillionDigits() {
        RawServer peer = RawServer.upgrading(
                assault.world,
                socket -> RawServer.write(socket, RawServer.text("[\"EOSE\"," + "9".repeat(1_000_000) + "]")));
        assertFailed(assault.atOnce(peer, peer.ws(), READ), Reason.TOO_LARGE, "");
    }

    @Test
    void aNumberOfAsManyDigitsAsAMessageHolds() {
        assertFailed(reading("[\"EOSE\"," + "9".repeat(260_000) + "]"), Reason.PROTOCOL, "");
    }

    @Test
    void anEventWithAWrongId() {
        NostrEvent forged = new NostrEvent(
                NOTE.id(), NOTE.pubkey(), NOTE.createdAt(), NOTE.kind(), NOTE.tags(), "something else", NOTE.sig());
        assertNotTrusted(forged);
    }

    @Test
    void anEventWithAWrongSignature() {
        assertNotTrusted(signedByNobody());
    }

    private static NostrEvent signedByNobody() {
        return new NostrEvent(
                NOTE.id(),
                NOTE.pubkey(),
                NOTE.createdAt(),
                NOTE.kind(),
                NOTE.tags(),
                NOTE.content(),
                "f".repeat(127) + "1");
    }

    private void assertNotTrusted(NostrEvent forged) {
        RawServer peer = upgraded(
                socket -> RawServer.write(socket, RawServer.text(new RelayMessage.Event("read", forged).toJson())));
        CheckReport report = assault.atTheBudget(READ, peer, peer.ws(), READ, WRITE);
        assertFailed(report, Reason.PROTOCOL, "an event with a wrong id or signature");
        assertThat(report.write()).isEqualTo(new NotTested(Reason.NOT_REACHED));
        assertThat(report.rttRead()).isNull();
    }

    @Test
    void okForAnotherEvent() {
        Outcome write = writing((socket, event) ->
                RawServer.write(socket, RawServer.text("[\"OK\",\"" + "0".repeat(64) + "\",true,\"\"]")));
        assertThat(write).isEqualTo(new Failed(Stage.WRITE, Reason.NO_REPLY, ""));
    }

    @Test
    void okWithANonBoolean() {
        Outcome write = writing((socket, event) -> RawServer.write(
                socket, RawServer.text("[\"OK\",\"" + event.getJsonObject(1).getString("id") + "\",\"true\",\"\"]")));
        assertThat(write).isInstanceOf(Failed.class);
        assertThat(write.reason()).isEqualTo(Reason.PROTOCOL);
    }

    private CheckReport reading(String... messages) {
        RawServer peer = upgraded(
                socket -> List.of(messages).forEach(message -> RawServer.write(socket, RawServer.text(message))));
        return assault.atTheBudget(READ, peer, peer.ws(), READ);
    }

    private RawServer upgraded(Consumer<NetSocket> script) {
        return RawServer.upgrading(assault.world, script);
    }

    private Outcome writing(BiConsumer<NetSocket, JsonArray> onEvent) {
        RawServer peer = RawServer.talking(assault.world, (socket, message) -> {
            if (message.getString(0).equals("EVENT")) {
                onEvent.accept(socket, message);
            }
        });
        CheckReport report = assault.atTheBudget(WRITE, peer, peer.ws(), READ, WRITE);
        assertThat(report.read().passed()).isTrue();
        assertThat(report.rttWrite()).isNull();
        return report.write();
    }
}

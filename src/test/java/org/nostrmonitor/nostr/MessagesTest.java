package org.nostrmonitor.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final NostrEvent EVENT = EventSigner.of(SecretKey.random())
            .sign(new EventTemplate(1_700_000_000, 1, List.of(List.of("e", "x")), "a \"b\"\n\u0001 🐶"));

    static List<RelayMessage> relayMessages() {
        return List.of(
                new RelayMessage.Event("sub", EVENT),
                new RelayMessage.Ok(EVENT.id(), true, ""),
                new RelayMessage.Ok(EVENT.id(), false, "blocked: \"no\""),
                new RelayMessage.Eose("sub"),
                new RelayMessage.Closed("sub", "auth-required: who are you?"),
                new RelayMessage.Notice("hello"),
                new RelayMessage.Auth("challenge"),
                new RelayMessage.Count("q", 5),
                new RelayMessage.NegMsg("n", "6100000200"),
                new RelayMessage.NegErr("n", "blocked: this query is too big"),
                new RelayMessage.Other("HELLO"));
    }

    static List<ClientMessage> clientMessages() {
        Filter full = new Filter(
                List.of(EVENT.id()),
                List.of(EVENT.pubkey()),
                List.of(0, 65535),
                Map.of("e", List.of("x", "y"), "P", List.of("")),
                1L,
                2L,
                0);
        return List.of(
                new ClientMessage.Req("sub", List.of(Filter.ANY)),
                new ClientMessage.Req("sub", List.of(full, Filter.ANY.withLimit(1))),
                new ClientMessage.Event(EVENT),
                new ClientMessage.Close("sub"),
                new ClientMessage.Auth(EVENT),
                new ClientMessage.Count("q", List.of(Filter.ANY, Filter.ANY.withSearch("a b"))),
                new ClientMessage.NegOpen("n", full, "6100000200"),
                new ClientMessage.NegMsg("n", "61"),
                new ClientMessage.NegClose("n"));
    }

    @ParameterizedTest
    @MethodSource("relayMessages")
    void readsBackWhatARelaySays(RelayMessage message) throws ProtocolException {
        assertThat(RelayMessage.parse(message.toJson())).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("clientMessages")
    void readsBackWhatAClientSays(ClientMessage message) throws ProtocolException {
        assertThat(ClientMessage.parse(message.toJson())).isEqualTo(message);
    }

    @Test
    void writesWhatNip01Shows() {
        assertThat(new ClientMessage.Req(
                                "s", List.of(Filter.ANY.withKinds(List.of(1)).withLimit(1)))
                        .toJson())
                .isEqualTo("[\"REQ\",\"s\",{\"kinds\":[1],\"limit\":1}]");
        assertThat(new RelayMessage.Ok("e", false, "pow: 20").toJson()).isEqualTo("[\"OK\",\"e\",false,\"pow: 20\"]");
    }

    @Test
    void takesAMissingTextOfARelayAsEmpty() throws ProtocolException {
        assertThat(RelayMessage.parse("[\"OK\",\"e\",true]")).isEqualTo(new RelayMessage.Ok("e", true, ""));
        assertThat(RelayMessage.parse("[\"CLOSED\",\"s\"]")).isEqualTo(new RelayMessage.Closed("s", ""));
        assertThat(RelayMessage.parse("[\"NOTICE\"]")).isEqualTo(new RelayMessage.Notice(""));
    }

    @Test
    void makesTextForPeopleStorable() throws ProtocolException {
        assertThat(RelayMessage.parse("[\"NOTICE\",\"a\\u0000b\\ud800c\"]"))
                .isEqualTo(new RelayMessage.Notice("a\ufffdb\ufffdc"));
    }

    @Test
    void ignoresWhatNipsMayAdd() throws ProtocolException {
        assertThat(RelayMessage.parse("[\"EOSE\",\"s\",{\"more\":1}]")).isEqualTo(new RelayMessage.Eose("s"));
        assertThat(RelayMessage.parse("[\"COUNT\",\"s\",{\"count\":5,\"approximate\":true}]"))
                .isEqualTo(new RelayMessage.Count("s", 5));
    }

    @Test
    void boundsTheTypeOfAnUnknownMessage() throws ProtocolException {
        assertThat(RelayMessage.parse("[\"" + "x".repeat(10_000) + "\"]"))
                .isEqualTo(new RelayMessage.Other("x".repeat(64)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "EOSE",
                "[]",
                "{}",
                "[1]",
                "[\"EOSE\"]",
                "[\"EOSE\",1]",
                "[\"EOSE\",\"a\\u0000\"]",
                "[\"EOSE\",\"s\"] x",
                "[\"EOSE\",\"s\"][]",
                "[\"EOSE\",\"s\",]",
                "[\"OK\",\"e\"]",
                "[\"OK\",\"e\",\"true\",\"\"]",
                "[\"OK\",\"e\",1,\"\"]",
                "[\"OK\",null,true,\"\"]",
                "[\"OK\",\"e\",true,{}]",
                "[\"EVENT\",\"s\"]",
                "[\"EVENT\",\"s\",{}]",
                "[\"AUTH\"]",
                "[\"AUTH\",{}]",
                "[\"COUNT\",\"s\"]",
                "[\"COUNT\",\"s\",5]",
                "[\"COUNT\",\"s\",{\"count\":-1}]",
                "[\"COUNT\",\"s\",{\"count\":\"5\"}]",
                "[\"NEG-MSG\",\"s\"]",
                "[\"NEG-MSG\",\"s\",7]",
                "<html></html>",
                "[\"NOTICE\",\"unfinished"
            })
    void refusesWhatIsNoRelayMessage(String json) {
        assertThatThrownBy(() -> RelayMessage.parse(json))
                .isInstanceOf(ProtocolException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeBetween(5, 100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"REQ\"]",
                "[\"REQ\",\"s\"]",
                "[\"REQ\",\"\",{}]",
                "[\"REQ\",\"s\",[]]",
                "[\"REQ\",\"s\",{\"ids\":[]}]",
                "[\"REQ\",\"s\",{\"ids\":[\"abc\"]}]",
                "[\"REQ\",\"s\",{\"authors\":\"a\"}]",
                "[\"REQ\",\"s\",{\"kinds\":[\"1\"]}]",
                "[\"REQ\",\"s\",{\"kinds\":[-1]}]",
                "[\"REQ\",\"s\",{\"kinds\":[1.0]}]",
                "[\"REQ\",\"s\",{\"#e\":[1]}]",
                "[\"REQ\",\"s\",{\"#\":[\"x\"]}]",
                "[\"REQ\",\"s\",{\"#ee\":[\"x\"]}]",
                "[\"REQ\",\"s\",{\"#1\":[\"x\"]}]",
                "[\"REQ\",\"s\",{\"limit\":-1}]",
                "[\"REQ\",\"s\",{\"limit\":null}]",
                "[\"REQ\",\"s\",{\"since\":\"now\"}]",
                "[\"REQ\",\"s\",{},7]",
                "[\"CLOSE\"]",
                "[\"EVENT\",\"s\"]",
                "[\"COUNT\",\"s\"]",
                "[\"NEG-OPEN\",\"s\",{}]",
                "[\"NEG-OPEN\",\"s\",\"00\"]",
                "[\"NEG-MSG\",\"s\"]",
                "[\"REQ\",\"s\",{\"search\":5}]",
                "[\"HELLO\",\"s\",{}]"
            })
    void refusesWhatIsNoClientMessage(String json) {
        assertThatThrownBy(() -> ClientMessage.parse(json)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesALongSubscription() throws ProtocolException {
        assertThat(ClientMessage.parse("[\"CLOSE\",\"" + "s".repeat(64) + "\"]"))
                .isEqualTo(new ClientMessage.Close("s".repeat(64)));
        assertThatThrownBy(() -> ClientMessage.parse("[\"CLOSE\",\"" + "s".repeat(65) + "\"]"))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void readsASearch() throws ProtocolException {
        assertThat(ClientMessage.parse("[\"REQ\",\"s\",{\"search\":\"dogs\",\"until\":7}]"))
                .isEqualTo(new ClientMessage.Req(
                        "s", List.of(Filter.ANY.withSearch("dogs").withUntil(7))));
    }
}

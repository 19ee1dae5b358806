package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.relay.RelayUrl;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "wss://a.example/, a.example",
        "wss://a.example:8080/, a.example:8080",
        "wss://a.example/path, a.example/path",
        "wss://a.example/path/, a.example/path/",
        "wss://a.example/?q, a.example/?q",
        "ws://a.example/, ws://a.example",
        "ws://a/, ws://a",
        "ws://[2001:db8::1]:8080/x, ws://[2001:db8::1]:8080/x",
        "wss://[::1]/, [::1]",
    })
    void shortensAUrlAndReadsItAgain(String url, String name) {
        assertThat(Names.of(RelayUrl.of(url))).isEqualTo(name);
        assertThat(Names.relay(name)).isEqualTo(RelayUrl.of(url));
        String id = "1700000100 " + url;
        assertThat(Names.id(Names.ofId(id))).isEqualTo(id);
    }

    @Test
    void refusesTheNameThatARelayDoesNotHave() {
        assertThatThrownBy(() -> Names.relay("A.example")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Names.relay("a.example/")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Names.relay("a b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTheNameThatNoCycleHas() {
        for (String name : List.of("", "x-", "1y2p0ij32e8e7", "zzzzzzzzzzz")) {
            assertThatThrownBy(() -> Names.cycle(name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesTheNameThatNoJobHas() {
        PackedJob.Reader reader = new PackedJob.Reader("eu", Map.of(), new HashMap<>());
        for (String name : List.of("", "a.example", "s44we8", " ")) {
            assertThatThrownBy(() -> reader.read(name, "1o", 1, 0, null))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aTextThatIsNoIdIsTheNameOfNothing() {
        assertThat(Names.ofId("nonsense")).isEmpty();
        assertThat(Names.ofId("")).isEmpty();
        assertThat(Names.ofId("x wss://a.example/")).isEmpty();
    }
}

package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.RelayUrl;

class AddressTest {
    @Test
    void leavesOutTheSlashOfAnEmptyPathAndLinksToOurOwnPage() {
        Address address = Address.of(RelayUrl.of("wss://relay.example/"));

        assertThat(address.shown()).isEqualTo("wss://relay.example");
        assertThat(address.href()).isEqualTo("/relays/wss%3A%2F%2Frelay.example%2F");
        assertThat(address.tail()).isEmpty();
    }

    @Test
    void alwaysShowsTheEndOfALongAddress() {
        Address address = Address.of(RelayUrl.of("wss://relay.example/" + "a".repeat(60) + "/the/end"));

        assertThat(address.tail()).hasSize(14).endsWith("/the/end");
        assertThat(address.text() + address.tail()).isEqualTo("relay.example/" + "a".repeat(60) + "/the/end");
    }

    @Test
    void decodesAnInternationalisedNameAndKeepsItsPunycode() {
        Address address = Address.of(RelayUrl.of("wss://blåbær.example/"));

        assertThat(address.text()).isEqualTo("blåbær.example");
        assertThat(address.punycode()).isEqualTo("xn--blbr-roah.example");
        assertThat(address.lookAlike()).isFalse();
    }

    @Test
    void decodesJapaneseWhichIsWrittenInSeveralScripts() {
        assertThat(Address.of(RelayUrl.of("wss://日本のリレー.example/")).text()).isEqualTo("日本のリレー.example");
    }

    @Test
    void showsANameThatMixesScriptsAsPunycode() {
        Address address = Address.of(RelayUrl.of("wss://n\u043estr.example/"));

        assertThat(address.text()).startsWith("xn--");
        assertThat(address.lookAlike()).isTrue();
    }
}

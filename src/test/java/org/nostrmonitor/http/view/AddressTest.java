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
    void showsAnInternationalisedNameAsPunycodeWithItsLettersBesideIt() {
        Address address = Address.of(RelayUrl.of("wss://blåbær.example/"));

        assertThat(address.text()).isEqualTo("xn--blbr-roah.example");
        assertThat(address.letters()).isEqualTo("blåbær.example");
        assertThat(address.lookAlike()).isNull();
        assertThat(Address.of(RelayUrl.of("wss://relay.example/")).letters()).isNull();
    }

    @Test
    void showsAMixedScriptHomographAsPunycodeWithAMark() {
        Address address = Address.of(RelayUrl.of("wss://n\u043estr.example/"));

        assertThat(address.text()).isEqualTo("xn--nstr-55d.example");
        assertThat(address.letters()).isNull();
        assertThat(address.lookAlike()).isEqualTo("it mixes Cyrillic and Latin letters");
    }
}

package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

class DnsFaultTest {
    @ParameterizedTest
    @CsvSource({
        "DNS_NO_ADDRESS, DNS_NO_ADDRESS, DNS_NO_ADDRESS",
        "DNS_NO_ADDRESS, DNS_TIMEOUT, DNS_TIMEOUT",
        "DNS_SERVER_FAILURE, DNS_NO_ADDRESS, DNS_SERVER_FAILURE",
        "DNS_TIMEOUT, DNS_NOT_FOUND, DNS_NOT_FOUND",
        "DNS_NOT_FOUND, DNS_SERVER_FAILURE, DNS_NOT_FOUND",
        "DNS_NOT_FOUND, DNS_NO_ADDRESS, DNS_NOT_FOUND",
    })
    void twoAnswersAboutOneNameMakeOne(Reason ipv4, Reason ipv6, Reason both) {
        Throwable fault = DnsFault.ofBoth(new Fault(Stage.DNS, ipv4, ""), new Fault(Stage.DNS, ipv6, ""));
        assertThat(((Fault) fault).outcome().reason()).isEqualTo(both);
    }
}

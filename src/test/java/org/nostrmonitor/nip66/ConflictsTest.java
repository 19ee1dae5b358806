package org.nostrmonitor.nip66;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Capability.Finding;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.Requirement;

class ConflictsTest {
    /** Columns: seen in behaviour, bits of work seen, the limitation object of NIP-11, the conflicts. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AUTH=true                | 0  | {"auth_required":false}       | claims to need no authentication, but asks for it
            AUTH=false               | 0  | {"auth_required":true}        | claims to need authentication, but answers without
            AUTH=true                | 0  | {"auth_required":true}        | ``
            AUTH=true                | 0  | {}                            | ``
            ``                       | 0  | {"auth_required":true}        | ``
            WRITES=true              | 0  | {"restricted_writes":false}   | claims not to restrict writes, but refused our event
            WRITES=false             | 0  | {"restricted_writes":true}    | claims to restrict writes, but took our event
            WRITES=true              | 0  | {"restricted_writes":false,"payment_required":true} | ``
            PAYMENT=true             | 0  | {"payment_required":false}    | claims to need no payment, but asks for it
            PAYMENT=false            | 0  | {"payment_required":true}     | claims to need payment, but took our event without
            POW=true                 | 12 | {"min_pow_difficulty":0}      | claims to need no work, but asks for 12 bits
            POW=true                 | 0  | {"min_pow_difficulty":0}      | claims to need no work, but asks for it
            POW=false                | 0  | {"min_pow_difficulty":8}      | claims to need 8 bits of work, but took an event without
            POW=true                 | 28 | {"min_pow_difficulty":20}     | claims to need 20 bits of work, but asks for 28
            POW=true                 | 20 | {"min_pow_difficulty":20}     | ``
            POW=false                | 0  | {"min_pow_difficulty":0}      | ``
            """)
    void areWhereAClaimAndWhatWasSeenDiffer(String seen, int bits, String limitation, String words)
            throws ProtocolException {
        Map<Requirement, Boolean> observed = Arrays.stream(seen.split(" "))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", -1))
                .collect(Collectors.toMap(pair -> Requirement.valueOf(pair[0]), pair -> Boolean.valueOf(pair[1])));
        Map<String, Integer> limits = bits == 0 ? Map.of() : Map.of("min_pow_difficulty", bits);
        Nip11 document = Nip11.parse("{\"limitation\":" + limitation + "}");

        assertThat(Conflicts.of(new Known(observed, Map.of(), limits), document).stream()
                        .map(Conflict::words)
                        .collect(Collectors.joining("; ")))
                .isEqualTo(words);
    }

    @Test
    void includeNipsThatAreClaimedAndRefuted() throws ProtocolException {
        Known known = new Known(
                Map.of(),
                Map.of(
                        45,
                        new Capability(Finding.REFUTED, ""),
                        50,
                        new Capability(Finding.NOT_TESTED, ""),
                        77,
                        new Capability(Finding.REFUTED, "")),
                Map.of());

        assertThat(Conflicts.of(known, Nip11.parse("{\"supported_nips\":[1,45,50]}")))
                .containsExactly(new Conflict("NIP-45", "claims NIP-45", "does not do it"));
    }
}

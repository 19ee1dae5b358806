package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Capability.Finding;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.Requirement;

class BehaviourTest {
    private static final Known KNOWN = new Known(
            Map.of(Requirement.AUTH, true),
            Map.of(
                    42, new Capability(Finding.CONFIRMED, "[\"AUTH\",\"x\"]"),
                    45, new Capability(Finding.REFUTED, "[\"NOTICE\",\"unknown\"]"),
                    50, new Capability(Finding.NOT_TESTED, "it showed us no note to search for"),
                    77, new Capability(Finding.NOT_TESTED, "not claimed")),
            Map.of());

    @Test
    void showsConflictsAndTheTestsOfWhatIsClaimed() throws ProtocolException {
        Nip11 document = Nip11.parse("{\"supported_nips\":[45,50],\"limitation\":{\"auth_required\":false}}");

        Behaviour behaviour = Behaviour.of(document, KNOWN);

        assertThat(behaviour.conflicts())
                .containsExactly(
                        "claims to need no authentication, but asks for it", "claims NIP-45, but does not do it");
        assertThat(behaviour.tests().stream()
                        .map(test -> test.nip() + " " + test.result().word()))
                .containsExactly("42 works", "45 does not work", "50 not tested");
    }

    @Test
    void findsNoConflictWithADocumentThatIsNotThere() {
        assertThat(Behaviour.of(null, KNOWN).conflicts()).isEqualTo(List.of());
        assertThat(Behaviour.of(null, KNOWN).tests()).hasSize(2);
    }
}

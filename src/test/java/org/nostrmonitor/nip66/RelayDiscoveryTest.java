package org.nostrmonitor.nip66;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.OneLook;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;

class RelayDiscoveryTest {
    private static final Outcome PASSED = new Outcome.Passed();
    private static final Outcome NOT_REACHED = new Outcome.NotTested(Reason.NOT_REACHED);
    private static final Outcome REFUSED = new Outcome.Refused(Reason.AUTH_REQUIRED, "auth-required: no");
    private static final Outcome SILENT = new Outcome.Failed(Stage.READ, Reason.NO_REPLY, "");
    private static final Phases TIMED = new Phases(
            Duration.ofMillis(1000),
            Duration.ofMillis(20),
            Duration.ofMillis(30),
            Duration.ofMillis(40),
            Duration.ofMillis(50),
            Duration.ofMillis(60),
            Duration.ofMillis(2000));

    @Test
    void saysOfALeanReportOnlyWhatIsKnown() {
        EventTemplate event = of(Reports.UP);
        assertThat(event.kind()).isEqualTo(30166);
        assertThat(event.tags()).containsExactly(List.of("d", "wss://relay.example/"), List.of("n", "clearnet"));
        assertThat(event.content()).isEmpty();
        assertThat(event.createdAt()).isEqualTo(Reports.CHECKED_AT.getEpochSecond());
    }

    @Test
    void saysAllOfAFullReportInOrder() {
        CheckReport report = OneLook.report(
                Reports.UP.relay(),
                "local",
                Reports.UP.cycle(),
                Reports.CHECKED_AT,
                null,
                TIMED,
                PASSED,
                PASSED,
                PASSED,
                PASSED,
                """
                {"supported_nips":[11,1],"tags":["Cats"],"language_tags":["en-GB"],"retention":[{"kinds":[3],"time":0}],
                 "limitation":{"auth_required":false,"payment_required":false}}""",
                Map.of(Requirement.WRITES, true),
                Duration.ZERO);
        EventTemplate event = of(report);
        assertThat(event.tags())
                .containsExactly(
                        List.of("d", "wss://relay.example/"),
                        List.of("n", "clearnet"),
                        List.of("rtt-open", "90"),
                        List.of("rtt-read", "50"),
                        List.of("rtt-write", "60"),
                        List.of("N", "1"),
                        List.of("N", "11"),
                        List.of("R", "!auth"),
                        List.of("R", "writes"),
                        List.of("R", "!payment"),
                        List.of("t", "cats"),
                        List.of("k", "!3"),
                        List.of("l", "en", "ISO-639-1"));
        assertThat(event.content()).isEqualTo(report.document());
        assertThat(Signatures.verify(EventSigner.of(SecretKey.random()).sign(event)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "WSS://Relay.Example:443, wss://relay.example/, clearnet",
        "ws://abc.onion/Path?q=1, ws://abc.onion/Path?q=1, tor",
        "ws://abc.i2p, ws://abc.i2p/, i2p",
        "ws://abc.loki:8080, ws://abc.loki:8080/, loki"
    })
    void namesTheRelayAndItsNetwork(String url, String d, String n) {
        assertThat(of(Reports.of(url, Phases.NONE)).tags()).containsExactly(List.of("d", d), List.of("n", n));
    }

    /** Columns: microseconds measured, the value of the tag. */
    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 1",
        "400, 1",
        "999, 1",
        "1499, 1",
        "1500, 2",
        "234400, 234",
        "234600, 235",
        "60000000, 60000"
    })
    void roundsRoundTripTimesAndNeverSaysZero(long micros, String value) {
        Duration read = Duration.ofNanos(micros * 1000);
        CheckReport report = Reports.of("wss://relay.example", Phases.NONE.with(Stage.READ, read));
        assertThat(values(of(report), "rtt-read")).containsExactly(value);
    }

    @Test
    void tellsNoTimeOfWhatDidNotPass() {
        CheckReport timed = Reports.of("wss://relay.example", TIMED);
        EventTemplate refusedWrite = of(Reports.withOutcomes(timed, PASSED, PASSED, REFUSED));
        assertThat(values(refusedWrite, "rtt-write")).isEmpty();
        EventTemplate refusedRead = of(Reports.withOutcomes(timed, PASSED, REFUSED, NOT_REACHED));
        assertThat(values(refusedRead, "rtt-read")).containsExactly("50"); // a CLOSED is an answer
        EventTemplate onlyOpened = of(Reports.withOutcomes(timed, PASSED, NOT_REACHED, NOT_REACHED));
        assertThat(names(onlyOpened)).containsExactly("d", "n", "rtt-open");
    }

    @Test
    void leavesNameResolutionAndMissingTlsOutOfTheOpenTime() {
        Phases plain = new Phases(
                Duration.ofMillis(1000), Duration.ofMillis(20), null, Duration.ofMillis(40), null, null, null);
        assertThat(values(of(Reports.of("ws://relay.example", plain)), "rtt-open"))
                .containsExactly("60");
    }

    /** Columns: seen in behaviour, the limitation object of NIP-11 or nothing, the R tags. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                         | ``                                            | ``
            ``                         | {}                                            | ``
            AUTH=true                  | ``                                            | auth
            AUTH=false                 | ``                                            | !auth
            AUTH=true                  | {"auth_required":false}                       | auth
            AUTH=false                 | {"auth_required":true}                        | !auth
            ``                         | {"auth_required":true}                        | auth
            ``                         | {"auth_required":false}                       | !auth
            ``                         | {"auth_required":"yes"}                       | ``
            ``                         | {"auth_required":null}                        | ``
            ``                         | {"restricted_writes":true}                    | writes
            WRITES=false               | {"restricted_writes":true}                    | !writes
            ``                         | {"min_pow_difficulty":0}                      | !pow
            ``                         | {"min_pow_difficulty":28}                     | pow
            POW=true                   | {"min_pow_difficulty":0}                      | pow
            ``                         | {"payment_required":true}                     | payment
            PAYMENT=true WRITES=true   | {"payment_required":false,"auth_required":false} | !auth writes payment
            """)
    void believesWhatWasSeenBeforeWhatIsClaimed(String seen, String limitation, String tags) {
        Map<Requirement, Boolean> observed = words(seen).stream()
                .map(pair -> pair.split("=", -1))
                .collect(Collectors.toMap(pair -> Requirement.valueOf(pair[0]), pair -> Boolean.valueOf(pair[1])));
        String document = limitation.isEmpty() ? null : "{\"limitation\":" + limitation + "}";
        assertThat(values(of(Reports.claiming(document, observed)), "R")).isEqualTo(words(tags));
    }

    /** Columns: a field of the NIP-11 document, the name of a tag, its values. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "supported_nips":[50,1,"11",1]                        | N | 1 11 50
            "supported_nips":7                                    | N | 7
            "supported_nips":"nonsense"                           | N | ``
            "tags":["Cats","cats"," dogs "]                       | t | cats dogs
            "tags":["","a b","x\\u0001","\\u202ekool"]            | t | ``
            "tags":["sfw-only","日本"]                             | t | sfw-only 日本
            "language_tags":["en","en-419","DE","gsw","*","e"]    | l | en de
            "retention":[{"kinds":[0,[5,7]],"time":3600}]         | k | 0 5 6 7
            "retention":[{"kinds":[4],"time":0}]                  | k | !4
            "retention":[{"kinds":[4],"count":0}]                 | k | !4
            "retention":[{"kinds":[1],"time":null}]               | k | 1
            "retention":[{"kinds":[1],"time":0},{"kinds":[1]}]    | k | !1
            "retention":[{"kinds":[[40000,49999],[9,3],[1,"x"]]}] | k | ``
            "retention":[{"time":0},7,{"kinds":"all"}]            | k | ``
            "relay_countries":["DE"]                              | g | ``
            "software":"git+https://example.org/x"                | s | ``
            """)
    void repeatsClaimsOneValueATag(String field, String tag, String expected) {
        EventTemplate event = of(Reports.claiming("{" + field + "}", Map.of()));
        assertThat(values(event, tag)).isEqualTo(words(expected));
        assertThat(event.tags())
                .filteredOn(values -> values.get(0).equals(tag))
                .allMatch(values -> values.size() == (tag.equals("l") ? 3 : 2));
    }

    @Test
    void boundsWhatARelayCanMakeItSay() {
        String words = IntStream.range(0, 5000).mapToObj(i -> "\"w" + i + "\"").collect(Collectors.joining(","));
        String numbers = IntStream.range(0, 5000).mapToObj(String::valueOf).collect(Collectors.joining(","));
        EventTemplate event = of(Reports.claiming(
                "{\"tags\":[" + words + "],\"supported_nips\":[" + numbers
                        + "],\"retention\":[{\"kinds\":[[0,19],[20,39],"
                        + "[40,59],[60,79],[80,99],[100,119],[120,139]]}]}",
                Map.of()));
        assertThat(values(event, "t")).hasSize(20);
        assertThat(values(event, "N")).hasSize(500);
        assertThat(values(event, "k")).hasSize(100);
    }

    @Test
    void passesOnADocumentUpTo64KiBAsItWasReceived() {
        String document = "{ \"name\" : \"" + "é".repeat((64 * 1024 - 15) / 2) + "\"} ";
        String longer = document + " ".repeat(10);
        assertThat(of(Reports.claiming(document, Map.of())).content()).isEqualTo(document);
        assertThat(of(Reports.claiming(longer, Map.of())).content()).isEmpty();
        assertThat(values(of(Reports.claiming("{\"supported_nips\":[1]}" + " ".repeat(70_000), Map.of())), "N"))
                .containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"<html>", "[]", "``", "{\"supported_nips\":[1]", "null"})
    void takesNothingFromADocumentThatCannotBeRead(String document) {
        EventTemplate event = of(Reports.claiming(document, Map.of()));
        assertThat(names(event)).containsExactly("d", "n");
        assertThat(event.content()).isEmpty();
    }

    @Test
    void makesOnlyEventsThatCanBeSigned() {
        EventTemplate event =
                of(Reports.claiming("{\"name\":\"\ud800\",\"tags\":[\"\\udc00\",\"a\\u0000\"]}", Map.of()));
        assertThat(Signatures.verify(EventSigner.of(SecretKey.random()).sign(event)))
                .isTrue();
    }

    @Test
    void saysNothingAboutARelayThatIsNotUp() {
        Outcome refusedTcp = new Outcome.Failed(Stage.TCP, Reason.TCP_REFUSED, "");
        for (CheckReport report : List.of(
                Reports.withOutcomes(Reports.UP, refusedTcp, NOT_REACHED, NOT_REACHED),
                Reports.withOutcomes(Reports.UP, PASSED, SILENT, NOT_REACHED),
                Reports.withOutcomes(Reports.UP, NOT_REACHED, NOT_REACHED, NOT_REACHED))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> of(report))
                    .withMessageStartingWith("wss://relay.example/ is ");
        }
    }

    private static List<String> words(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(" +", -1));
    }

    private static List<String> values(EventTemplate event, String name) {
        return event.tags().stream()
                .filter(tag -> tag.get(0).equals(name))
                .map(tag -> tag.get(1))
                .toList();
    }

    private static List<String> names(EventTemplate event) {
        return event.tags().stream().map(tag -> tag.get(0)).toList();
    }

    @Test
    void namesTheAreaWithAllItsPrefixes() {
        assertThat(of(Reports.at(new Place("DE", "Berlin", "u33", 64_496L, "Example", false)))
                        .tags())
                .endsWith(List.of("g", "u33"), List.of("g", "u3"), List.of("g", "u"));
    }

    @Test
    void namesNoAreaOfWhatIsInManyOrNotKnown() {
        assertThat(of(Reports.at(new Place(null, null, "u33", 13_335L, "CLOUDFLARENET", true)))
                        .tags())
                .hasSize(2);
        assertThat(of(Reports.at(new Place("DE", null, null, 64_496L, null, false)))
                        .tags())
                .hasSize(2);
        assertThat(of(Reports.at(new Place("DE", null, "U33!", 64_496L, null, false)))
                        .tags())
                .hasSize(2);
    }

    private static EventTemplate of(CheckReport report) {
        return RelayDiscovery.of(report, Known.NOTHING.and(report));
    }

    @Test
    void claimsNothingThatATestRefuted() {
        Known known = new Known(
                Map.of(),
                Map.of(
                        45, new Capability(Capability.Finding.REFUTED, "an event for a word that is nowhere"),
                        50, new Capability(Capability.Finding.NOT_TESTED, "")),
                Map.of());

        EventTemplate event = RelayDiscovery.of(Reports.claiming("{\"supported_nips\":[1,45,50]}", Map.of()), known);

        assertThat(values(event, "N")).containsExactly("1", "50");
    }

    @Test
    void claimsWhatATestConfirmedEvenIfTheRelayDoesNot() {
        Known known = new Known(Map.of(), Map.of(42, new Capability(Capability.Finding.CONFIRMED, "")), Map.of());

        assertThat(values(RelayDiscovery.of(Reports.claiming("{\"supported_nips\":[1,50]}", Map.of()), known), "N"))
                .containsExactly("1", "42", "50");
        assertThat(values(RelayDiscovery.of(Reports.UP, known), "N")).containsExactly("42");
    }

    @Test
    void isCalledASearchRelayOnlyWhereItWasSeenToSearch() {
        Known searches = new Known(Map.of(), Map.of(50, new Capability(Capability.Finding.CONFIRMED, "")), Map.of());
        Known claims = new Known(Map.of(), Map.of(50, new Capability(Capability.Finding.NOT_TESTED, "")), Map.of());
        CheckReport report = Reports.claiming("{\"supported_nips\":[1,50]}", Map.of());

        assertThat(values(RelayDiscovery.of(report, searches), "T")).containsExactly("Search");
        assertThat(values(RelayDiscovery.of(report, claims), "T")).isEmpty();
    }

    @Test
    void namesTheKindThatWasSeenToBeTakenWhateverTheDocumentSays() {
        Known known = new Known(Map.of(Requirement.WRITES, false), Map.of(), Map.of());
        String document = "{\"retention\":[{\"kinds\":[22166],\"time\":0},{\"kinds\":[1]}]}";

        assertThat(values(RelayDiscovery.of(Reports.claiming(document, Map.of()), known), "k"))
                .containsExactly("22166", "1");
        assertThat(values(RelayDiscovery.of(Reports.claiming(document, Map.of()), Known.NOTHING), "k"))
                .containsExactly("!22166", "1");
    }

    @Test
    void saysOfRequirementsWhatWasSeenBeforeIfItWasNotSeenNow() {
        Known known = new Known(Map.of(Requirement.WRITES, true), Map.of(), Map.of());

        EventTemplate event =
                RelayDiscovery.of(Reports.claiming("{\"limitation\":{\"restricted_writes\":false}}", Map.of()), known);

        assertThat(values(event, "R")).containsExactly("writes");
    }
}

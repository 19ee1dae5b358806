package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.http.view.Filter.Choice;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.Narrowing;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.RelayViews.Overview;

class FiltersTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:37:00Z");
    private static final Overview OVERVIEW = new Overview(
            Map.of(RelayState.ONLINE, 1_102, RelayState.DEGRADED, 41, RelayState.OFFLINE, 133),
            null,
            null,
            null,
            Map.of(Network.CLEARNET, 1_143),
            List.of(),
            List.of(),
            List.of(new Count("git+https://github.com/hoytech/strfry.git", 571)),
            List.of(new Count("50", 900), new Count("11", 1_000), new Count("9", 800)),
            NOW,
            0,
            null);

    private static List<Filter> filters(Search search) {
        return Filters.of(search, OVERVIEW, List.of(new Count("US", 9), new Count("DE", 3)), NOW);
    }

    private static Filter named(Search search, String name) {
        return filters(search).stream()
                .filter(filter -> filter.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Search of(Map<String, String> parameters) {
        return Search.parse(parameters::get, 50);
    }

    private static Search withNips(Integer... nips) {
        return Search.all(50)
                .narrowedTo(new Narrowing(
                        List.of(nips), List.of(), null, null, null, null, null, null, null, null, null, null));
    }

    @Test
    void countsStandAtTheStatesWhileNothingElseIsSet() {
        assertThat(named(Search.all(50), "Status").choices())
                .extracting(Choice::count)
                .containsExactly("1,102", "41", "133", "0");
        assertThat(named(of(Map.of("status", "offline")), "Status").choices())
                .extracting(Choice::count)
                .doesNotContainNull();
        assertThat(named(of(Map.of("q", "kelp")), "Status").choices())
                .extracting(Choice::count)
                .containsOnlyNulls();
        assertThat(named(of(Map.of("aliases", "all")), "Status").choices())
                .extracting(Choice::count)
                .containsOnlyNulls();
    }

    @Test
    void everyNipThatIsSetCanBeTakenAwayByItself() {
        List<Filter> nips = filters(withNips(50, 11)).stream()
                .filter(filter -> filter.name().endsWith("NIP"))
                .toList();

        assertThat(nips)
                .extracting(Filter::whole)
                .containsExactly("NIP 50 Search", "NIP 11 Information document", "and NIP");
        assertThat(nips).extracting(Filter::clear).containsExactly("/relays?nip=11", "/relays?nip=50", "");
        assertThat(nips.get(2).choices()).extracting(Choice::href).containsExactly("/relays?nip=50&nip=11&nip=9");
    }

    @Test
    void whatIsChosenIsAmongTheChoicesAlsoIfItIsUnusual() {
        Filter software = named(of(Map.of("software", "https://example.com/rare")), "Software");

        assertThat(software.choices())
                .extracting(choice -> choice.label().flat())
                .containsExactly("strfry", "rare");
        assertThat(software.choices()).extracting(Choice::current).containsExactly(false, true);
        assertThat(Objects.requireNonNull(software.set()).flat()).isEqualTo("rare");
        assertThat(software.clear()).isEqualTo("/relays");
    }

    @Test
    void countriesStandByTheirNames() {
        Filter country = named(Search.all(50), "Country");

        assertThat(country.choices())
                .extracting(choice -> choice.label().flat())
                .containsExactly("Germany", "United States");
        assertThat(country.choices()).extracting(Choice::href).first().isEqualTo("/relays?country=DE");
    }

    @Test
    void daysBeginAtMidnightSoThatALinkStaysTheSame() {
        assertThat(named(Search.all(50), "Added").choices())
                .extracting(choice -> choice.label().flat())
                .containsExactly("since 21 Nov 2026", "since 15 Nov 2026", "since 23 Oct 2026");
    }
}

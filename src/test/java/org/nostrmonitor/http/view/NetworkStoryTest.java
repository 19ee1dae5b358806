package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.Ongoing;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.Traits;

class NetworkStoryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:37:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Map<RelayState, Integer> STATES =
            Map.of(RelayState.ONLINE, 1_321, RelayState.DEGRADED, 1, RelayState.OFFLINE, 970);
    private static final Ongoing SOME = new Ongoing(12, 959, 3, 5, 7, List.of(), List.of());

    private static NetworkStory story(
            Map<RelayState, Integer> states, @Nullable Ongoing incidents, Duration old, @Nullable Instant stale) {
        Overview overview = new Overview(
                states,
                null,
                null,
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                NOW.minus(old),
                0,
                incidents);
        return new NetworkStory(overview, stale, NOW);
    }

    private static NetworkStory checked(Duration ago) {
        return story(STATES, SOME, ago, null);
    }

    @Test
    void tellsWhatIsNowWhileTheNewestCheckIsAnHourOldAtMost() {
        NetworkStory story = checked(HOUR);

        assertThat(story.verdict()).isEqualTo("1,321 of 2,292 relays are online.");
        assertThat(story.lede()).isEqualTo("1 is degraded and 970 are offline. The last check was made at 15:37 UTC.");
        assertThat(story.title()).isEqualTo("The network now");
        assertThat(OngoingPanel.of(story).title()).isEqualTo("Incidents now");
    }

    @Test
    void tellsWhatWasAndSinceWhenNothingIsCheckedOnceItIsOlder() {
        NetworkStory story = checked(HOUR.plusMillis(1));

        assertThat(story.verdict()).isEqualTo("1,321 of 2,292 relays were online when last checked.");
        assertThat(story.lede())
                .isEqualTo("Nothing has been checked since 15:36 UTC, 1 h ago. 1 was degraded and 970 were offline.");
        assertThat(story.title()).isEqualTo("The network as last known");
        assertThat(OngoingPanel.of(story).title()).isEqualTo("Incidents as last known");
    }

    /** Whether anything was checked since is not known then. */
    @Test
    void tellsWhatWasKnownWhilePostgresIsAway() {
        NetworkStory lately = story(STATES, SOME, Duration.ofMinutes(9), NOW.minus(Duration.ofMinutes(8)));
        NetworkStory longAgo = story(STATES, SOME, Duration.ofHours(9), NOW.minus(Duration.ofHours(8)));

        assertThat(lately.verdict()).isEqualTo("1,321 of 2,292 relays were online at 16:29 UTC.");
        assertThat(lately.lede())
                .isEqualTo("1 was degraded and 970 were offline. The last check that is known was made at 16:28 UTC.");
        assertThat(longAgo.verdict()).isEqualTo("1,321 of 2,292 relays were online when last checked.");
        assertThat(longAgo.lede()).endsWith("The last check that is known was made at 07:37 UTC.");
        assertThat(OngoingPanel.of(lately).title()).isEqualTo("Incidents as last known");
    }

    @Test
    void oneIsToldAsOne() {
        Map<RelayState, Integer> one = Map.of(RelayState.ONLINE, 1);

        assertThat(story(one, null, HOUR, null).verdict()).isEqualTo("1 of 1 relay is online.");
        assertThat(story(one, null, HOUR, null).lede())
                .isEqualTo("None is degraded or offline. The last check was made at 15:37 UTC.");
        assertThat(story(one, null, HOUR.multipliedBy(2), null).verdict())
                .isEqualTo("1 of 1 relay was online when last checked.");
        assertThat(story(one, null, HOUR.multipliedBy(2), null).lede()).endsWith("None was degraded or offline.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0|No relay that was up is down now.|No relay that had been up was down.",
                "1|0|1 relay went down in the last 24 hours and still is.|1 relay that had been up was down.",
                "2|0|2 relays went down in the last 24 hours and still are.|2 relays that had been up were down.",
                "0|1|1 relay has been down for longer than 24 hours.|1 relay that had been up was down.",
                "0|2|2 relays have been down for longer than 24 hours.|2 relays that had been up were down.",
                "1|1|1 relay went down in the last 24 hours and still is; 1 has been down for longer."
                        + "|2 relays that had been up were down.",
                "12|959|12 relays went down in the last 24 hours and still are; 959 have been down for longer."
                        + "|971 relays that had been up were down.",
            })
    void countsWhatIsDown(int lately, int longer, String now, String then) {
        Ongoing incidents = new Ongoing(lately, longer, 0, 0, 0, List.of(), List.of());

        assertThat(checked(HOUR).down(incidents)).isEqualTo(now);
        assertThat(checked(HOUR.multipliedBy(2)).down(incidents)).isEqualTo(then);
        assertThat(checked(HOUR).besides(incidents)).isEmpty();
        assertThat(NetworkStory.never(incidents)).isEmpty();
    }

    @Test
    void countsWhatIsDegradedCameBackOrWasNeverUp() {
        Ongoing one = new Ongoing(0, 0, 1, 1, 1, List.of(), List.of());
        NetworkStory past = checked(HOUR.multipliedBy(2));

        assertThat(checked(HOUR).besides(SOME))
                .isEqualTo("5 that were online are degraded. 7 came back in the last 24 hours.");
        assertThat(checked(HOUR).besides(one))
                .isEqualTo("1 that was online is degraded. 1 came back in the last 24 hours.");
        assertThat(past.besides(SOME)).isEqualTo("5 that had been online were degraded.");
        assertThat(past.besides(one)).isEqualTo("1 that had been online was degraded.");
        assertThat(NetworkStory.never(SOME)).isEqualTo("3 relays have been offline since their first check.");
        assertThat(NetworkStory.never(one)).isEqualTo("1 relay has been offline since its first check.");
    }

    @Test
    void anIncidentLastsAsLongAsItIsKnownToGoOn() {
        Ongoing one = new Ongoing(1, 0, 0, 0, 1, List.of(item(RelayState.OFFLINE)), List.of(item(RelayState.ONLINE)));
        OngoingPanel.Row now =
                OngoingPanel.of(story(STATES, one, Duration.ZERO, null)).rows().get(0);
        OngoingPanel.Row then =
                OngoingPanel.of(story(STATES, one, Duration.ZERO, NOW)).rows().get(0);

        assertThat(now.lasted()).isEqualTo("3 h");
        assertThat(now.what()).isEqualTo("the connection was refused");
        assertThat(then.lasted()).isNull();
        assertThat(OngoingPanel.of(story(STATES, one, Duration.ZERO, null))
                        .back()
                        .get(0)
                        .what())
                .isEqualTo("online again");
    }

    private static Item item(RelayState state) {
        boolean down = state == RelayState.OFFLINE;
        return new Item(
                RelayUrl.of("wss://a.example/"),
                state,
                NOW.minus(Duration.ofHours(3)),
                NOW,
                down ? Stage.TCP : null,
                down ? Reason.TCP_REFUSED : null,
                null,
                null,
                null,
                null,
                null,
                null,
                "",
                Traits.UNKNOWN);
    }

    @Test
    void saysWhyThereAreNoIncidentsToTell() {
        Map<RelayState, Integer> fresh = Map.of(RelayState.UNKNOWN, 4);
        Ongoing none = new Ongoing(0, 0, 0, 0, 0, List.of(), List.of());

        assertThat(OngoingPanel.of(story(STATES, null, HOUR, null)).head()).isEqualTo("Not counted yet.");
        assertThat(OngoingPanel.of(story(fresh, none, HOUR, null)).head()).isEqualTo("None yet.");
        assertThat(OngoingPanel.of(story(STATES, none, HOUR, null)).head())
                .isEqualTo("No relay that was up is down now.");
    }
}

package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.http.view.Address;

class MonitorsApiTest {
    private static final String HEALTHY = Address.path(DemoData.HEALTHY);

    private DemoClient demo;

    @BeforeEach
    void serve() throws Exception {
        demo = new DemoClient(DemoData.relays());
    }

    @AfterEach
    void close() throws Exception {
        demo.close();
    }

    @Test
    void tellsWhoTheOtherMonitorsAreAndUntilWhenTheyWereRead() throws Exception {
        JsonObject answer = demo.json("/api/v1/monitors");
        JsonObject first = answer.getJsonArray("items").getJsonObject(0);

        assertThat(answer.getString("readUntil"))
                .isEqualTo(DemoClient.NOW.minusSeconds(10).toString());
        assertThat(answer.getJsonArray("items")).hasSize(4);
        assertThat(first.getString("pubkey")).isEqualTo(DemoMonitors.FIRST);
        assertThat(first.getString("npub")).startsWith("npub1");
        assertThat(first.getString("name")).isEqualTo("Relay watch");
        assertThat(first.getInteger("frequencySeconds")).isEqualTo(3600);
        assertThat(first.getInteger("relays")).isEqualTo(812);
        assertThat(first.containsKey("publishedAt")).isFalse();
    }

    @Test
    void tellsWhatTheySayOfARelayAndWhatThatIsWorth() throws Exception {
        JsonObject others = demo.json("/api/v1" + HEALTHY).getJsonObject("otherMonitors");

        assertThat(others.getJsonArray("items").stream().map(said -> ((JsonObject) said).getString("hearing")))
                .containsExactly("recent", "recent", "missed", "silent");
        assertThat(others.getJsonArray("items").getJsonObject(0).getInteger("openMs"))
                .isEqualTo(142);
        assertThat(others.getJsonArray("items").getJsonObject(0).getString("publishedAt"))
                .isEqualTo(DemoClient.NOW.minusSeconds(600).toString());
    }

    @Test
    void tellsNothingOfThemWhereTheyAreNotRead() throws Exception {
        demo.site.monitors.off = true;

        assertThat(demo.json("/api/v1" + HEALTHY).getJsonObject("otherMonitors"))
                .isEqualTo(new JsonObject("{\"readUntil\":null,\"items\":[]}"));
        assertThat(demo.get(HEALTHY).body()).doesNotContain("other monitors");
    }

    @Test
    void showsTheirWordsOnThePageOfARelayAsTheirWords() throws Exception {
        assertThat(demo.get(HEALTHY).body())
                .contains("2 of 3 other monitors published that it was open within the last hour."
                        + " 1 did not publish it within its own cadence.")
                .contains("Relay watch")
                .contains("142")
                .contains("silence alone does not say that a relay is offline");
    }

    @Test
    void doesNotTakeItsOwnDeafnessForTheirSilence() throws Exception {
        demo.site.monitors.since = Duration.ofHours(3);

        assertThat(demo.get(HEALTHY).body())
                .contains("What they publish was last read")
                .contains("within the hour before that")
                .doesNotContain("within the last hour");
    }
}

package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.cache.TargetState.Refusals;
import org.nostrmonitor.cache.TargetStateJson;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.relay.RelayUrl;

class SystemPageTest {
    @TempDir
    static Path directory;

    private DemoClient demo;

    @BeforeEach
    void serve() throws Exception {
        demo = new DemoClient(DemoData.relays(), Tokens.file(directory));
    }

    @AfterEach
    void close() throws Exception {
        demo.close();
    }

    /** Its words without its elements. */
    private String words(String path) throws Exception {
        return demo.get(path).body().replaceAll("<[^>]*>", "").replaceAll("\\s+", " ");
    }

    private String system() throws Exception {
        return words("/system");
    }

    @Test
    void aMonitorThatIsWellHasNoAlarm() throws Exception {
        demo.site.queue.letters.clear();

        assertThat(system()).contains("The monitor is well.", "Nothing here needs a person.", "Every job was done");
    }

    @Test
    void estimatesAreThoseOfTheSchedulerAndElseThereIsNone() throws Exception {
        assertThat(demo.get("/system").body())
                .contains("<td class=\"n\">2 min</td>", "0.12<span class=\"u\"> /s</span>")
                .contains("1 became a dead letter");
        demo.site.figures.figures.clear();
        demo.later(Duration.ofSeconds(2));
        assertThat(demo.get("/system").body()).doesNotContain("<td class=\"n\">2 min</td>", "/s</span>");
    }

    @Test
    void aCycleThatWasMissedHasNoDashWhereOthersHaveABar() throws Exception {
        String running = "<th scope=\"row\">eu-west <span class=\"soft\">running</span>";
        assertThat(demo.get("/system").body()).contains(running, "<progress max=\"60\"");
        demo.site.operations.missed = true;
        demo.site.figures.figures.clear();
        demo.later(Duration.ofSeconds(2));

        assertThat(demo.get("/system").body())
                .contains("<th scope=\"row\" colspan=\"2\">eu-west <span class=\"warn\">missed</span>")
                .doesNotContain("<td class=\"b\"><span class=\"dim\">");
    }

    @Test
    void targetsAreShownAsTheirPublisherSeesThem() throws Exception {
        RelayUrl five = RelayUrl.of("wss://target-five.example/");
        RelayUrl onion = RelayUrl.of("ws://" + "a".repeat(55) + "d.onion/");
        demo.site.figures.figures.put(
                RecentResults.TARGETS,
                TargetStateJson.write(List.of(
                        new TargetState(
                                five,
                                true,
                                3,
                                36_198,
                                120,
                                DemoClient.NOW,
                                new Refusals(120, "blocked", "blocked: <b>not you", true),
                                null,
                                null),
                        new TargetState(
                                onion,
                                false,
                                0,
                                0,
                                0,
                                null,
                                null,
                                "it cannot be reached: no proxy is set for tor",
                                DemoClient.NOW.plusSeconds(60)))));

        assertThat(system())
                .contains("connected It refused the last 120 events, all as blocked: blocked: &lt;b&gt;not you")
                .contains("36,198")
                .contains("not connected It cannot be reached: no proxy is set for tor. Tried again at");

        demo.site.operations.away = true;
        demo.later(Duration.ofSeconds(2));
        assertThat(system()).contains("all as blocked").doesNotContain("What waits cannot be read now.");
    }

    @Test
    void allThatIsWrongIsSaidInSentences() throws Exception {
        DemoTrouble.in(demo.site, DemoClient.NOW);

        assertThat(system())
                .contains("The monitor is not well. No worker is seen in us-east.", "1 failure and 7 warnings")
                .contains("No worker is seen in us-east. 2,196 jobs wait there, and nobody takes them.")
                .contains("ap-south cannot keep up. Its most urgent job is overdue by 21 min, more than one cycle.")
                .contains("Worker eu-west-2 is kept from working. PostgreSQL is away: 1,600 reports wait for it,")
                .contains("claims nothing. 310 jobs are ready in ap-south, the most urgent overdue by 21 min.")
                .contains("The cycle of us-east will not end in time. At its pace it ends at 17:12 UTC;")
                .contains("4 jobs are dead letters.")
                .contains("none seen for 30 s", "last whole cycle 16:15")
                .contains("2 of the last 16 were missed", "its deadline passed with 12 jobs left");
    }

    @Test
    void whatCoordinatorsDidIsToldAndWhatTheyFailedAt() throws Exception {
        assertThat(system())
                .contains("The announcement Announced kinds [0].", "41 ms", "02:43")
                .contains("Maintenance 1 partitions made, partitions for 8 days, 0 weeks rolled up, 1 days dropped.")
                .contains("answers, 214.0 GB on disk", "made for 8 days from today on", "0 pages listen at this node")
                .doesNotContain("failed at");

        demo.site.operations.maintained = false;
        assertThat(system())
                .contains("Maintenance failed at 03:17 UTC.", "drop_partitions failed: its deadline passed");
        demo.site.operations.away = true;
        assertThat(system()).contains("What they did cannot be read now.");
        demo.site.figures.figures.remove(RecentResults.SYSTEM);
        assertThat(system()).contains("No coordinator is heard of.", "Partitions–Live updates");
    }

    @Test
    void aWorkerThatDoubtsItsOwnNetworkIsSaidOnTheOverviewToo() throws Exception {
        String note = "480 of 500 relays that were up do not answer <b>";
        demo.site.queue.workers.add(
                new Worker("eu-3", "eu-west", DemoClient.NOW.minusSeconds(20), 400, 0, 0, 0, 0, 0, note, true));
        String said = "Worker eu-3 of eu-west doubts its own network. 480 of 500 relays that were up do not answer";

        assertThat(system()).contains(said, "The monitor works, with 2 warnings.");
        assertThat(words("/")).contains(said);
        assertThat(demo.get("/").body()).contains("answer &lt;b&gt;").doesNotContain("answer <b>");
        assertThat(demo.get("/api/v1/queue").body()).contains("\"doubting\":true");
    }

    @Test
    void theOverviewHasNoWarningWhileNobodyDoubtsAndNoneWhileRedisIsAway() throws Exception {
        assertThat(demo.get("/").body()).doesNotContain("class=\"alarm\"");
        demo.site.queue.away = true;
        demo.later(Duration.ofSeconds(2));
        assertThat(demo.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void anIdleWorkerIsNoAlarmWhileNothingIsReadyOrItHasJustBegun() throws Exception {
        demo.site.queue.letters.clear();
        demo.site.queue.workers.replaceAll(
                w -> new Worker(w.id(), w.region(), DemoClient.NOW.minusSeconds(20), 400, 0, 0, 0, 0, 0, ""));
        assertThat(system()).contains("The monitor is well.");
        demo.later(Duration.ofSeconds(60));
        assertThat(system()).contains("Worker eu-west-1 claims nothing.").doesNotContain("us-east-1 claims");
        demo.site.queue.counts.put("eu-west", new QueueCounts(0, 0, 9, 0, 0, 0, Duration.ZERO));
        demo.later(Duration.ofSeconds(2));
        assertThat(system()).contains("The monitor is well.");
    }

    @Test
    void whatIsHostileIsTextAndNothingElse() throws Exception {
        DemoTrouble.in(demo.site, DemoClient.NOW);
        demo.site.operations.why = DemoTrouble.HARM;

        assertThat(demo.get("/system").body())
                .contains("aria-label=\"Choose 1795365000 &lt;script>")
                .contains("U+202E&#34;onmouseover");
        for (String path : new String[] {"/system", Address.path(DemoData.HEALTHY)}) {
            assertThat(demo.get(path).body())
                    .as(path)
                    .doesNotContain("<script>", "\u202e", "style=\"")
                    .contains("&lt;script&gt;", ">U+202E<");
        }
    }

    @Test
    void postgresAwayLeavesWhatRedisTells() throws Exception {
        demo.site.operations.away = true;

        assertThat(system())
                .contains("PostgreSQL does not answer.", "The cycle cannot be read now.", "They cannot be read now.")
                .contains("eu-west-1", "relay.paths.example")
                .doesNotContain("secret-host", "No cycle has been planned yet");
        assertThat(demo.get("/system").statusCode()).isEqualTo(200);
    }

    @Test
    void redisAwayLeavesWhatPostgresTells() throws Exception {
        demo.site.queue.away = true;

        assertThat(system())
                .contains(
                        "Redis does not answer.", "The queue cannot be read now.", "Who is at work cannot be read now.")
                .contains("its deadline passed with 12 jobs left", "1,204")
                .doesNotContain("secret-host");
        assertThat(words(Address.path(DemoData.HEALTHY)))
                .contains("Whether a check is under way cannot be told now: Redis does not answer.");
    }

    @Test
    void theRelayPageTellsWhereItsJobsAre() throws Exception {
        DemoTrouble.in(demo.site, DemoClient.NOW);

        assertThat(words(Address.path(DemoData.HEALTHY)))
                .contains("A check from eu-west is running now, since 16:36:56 UTC (worker eu-west-1")
                .contains("to confirm a failure that was seen once.")
                .contains("A check from us-east waits until 16:37:40 UTC, because: its host has its turn later.")
                .contains("A check from us-east is tried again at 16:37:12 UTC, attempt 2, because:")
                .contains("A check from ap-south is queued since 16:35:50 UTC.")
                .contains("A check from ap-south became a dead letter at 16:35:50 UTC, because: out of attempts.")
                .doesNotContain("was done at");
    }
}

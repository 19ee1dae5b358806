package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The overview's charts and the statistics page. */
class PastPagesTest {
    private static DemoClient demo;

    @BeforeAll
    static void serve() throws Exception {
        demo = new DemoClient(DemoData.relays());
    }

    @AfterAll
    static void close() throws Exception {
        demo.close();
    }

    private static String page(String path) throws Exception {
        return demo.get(path).body();
    }

    @Test
    void theOverviewTellsTheWeek() throws Exception {
        String html = page("/");

        assertThat(html)
                .contains("relays were online in the last 7 days.")
                .contains("aria-current=\"true\">7 d</a>")
                .contains("in 7 d</dd>")
                .contains("Relays by state at the last count of each day (UTC)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"24h,24 hours", "30d,30 days", "1y,365 days"})
    void otherRangesAreLinks(String range) throws Exception {
        String[] parts = range.split(",", 2);

        assertThat(page("/")).contains("href=\"/?range=" + parts[0] + "#states\"");
        assertThat(page("/?range=" + parts[0]))
                .contains("in the last " + parts[1])
                .doesNotContain("in 7 d</dd>");
    }

    @Test
    void theOverviewShowsWhereRelaysAre() throws Exception {
        assertThat(page("/"))
                .contains("39.0° N 77.5° W: ")
                .contains("/relays?near=39.04%2C-77.49&amp;km=100")
                .contains("/relays?country=US")
                .contains("United States")
                .doesNotContain("No place is known.");
    }

    @Test
    void withoutAnAddressDatabaseItSaysWhyThereIsNoMap() throws Exception {
        demo.site.statistics.placeless = true;
        try {
            demo.later(java.time.Duration.ofSeconds(10));
            assertThat(page("/"))
                    .contains("No place is known.")
                    .contains("geo.files")
                    .doesNotContain("class=\"land\"");
            assertThat(page("/statistics")).contains("Not known. Places come from the address databases");
        } finally {
            demo.site.statistics.placeless = false;
            demo.later(java.time.Duration.ofSeconds(10));
        }
    }

    @Test
    void aFirstDayHasWordsInPlaceOfCharts() throws Exception {
        try (DemoClient empty = new DemoClient(List.of())) {
            assertThat(empty.get("/").body())
                    .contains("Not enough is counted yet.", "Not counted yet.")
                    .doesNotContain("NaN", "Infinity");
            assertThat(empty.get("/statistics").body())
                    .contains("Nothing is counted yet.")
                    .doesNotContain("NaN");
        }
    }

    @Test
    void oneDayOfStatisticsIsNoTrendAndThatIsSaid() throws Exception {
        try (DemoClient young = new DemoClient(DemoData.relays())) {
            young.site.statistics.days = 0;

            assertThat(young.get("/statistics").body())
                    .contains(
                            "The counts of the last 30 days begin on 22 Nov; how they change is drawn from the second day on.")
                    .doesNotContain("class=\"chart\"", "is a gap.");
        }
    }

    @Test
    void statisticsOpenWithASentenceAndTellEachKind() throws Exception {
        assertThat(page("/statistics"))
                .containsPattern("Of 4\\d relays that say what they run, \\d+ run <bdi>strfry</bdi>\\.")
                .contains("A day that was not counted is a gap.")
                .contains(">Software<", ">NIPs<", ">Countries<", ">Networks<", ">Providers<")
                .contains("Net 24001", "AS24002", "Clearnet", "Germany")
                .contains("aria-current=\"true\">30 d</a>")
                .contains("the first on 23 Oct");
        assertThat(page("/statistics?range=1y")).contains("the first on 13 Oct");
    }

    @Test
    void aRangeThatIsNoneIsABadRequest() throws Exception {
        assertThat(demo.get("/?range=2w").statusCode()).isEqualTo(400);
        assertThat(demo.get("/statistics?range=24h").statusCode()).isEqualTo(400);
        assertThat(page("/statistics?range=%3Cscript%3E")).doesNotContain("<script>");
    }

    @Test
    void whilePostgresIsAwayTheRestOfTheOverviewIsTold() throws Exception {
        try (DemoClient fresh = new DemoClient(DemoData.relays())) {
            fresh.get("/");
            fresh.site.views.away = true;
            fresh.later(java.time.Duration.ofSeconds(30));

            assertThat(fresh.get("/").body()).contains("PostgreSQL does not answer.", "Cannot be read now.");
            assertThat(fresh.get("/statistics").statusCode()).isEqualTo(503);
        }
    }
}

package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.http.view.Address;

class AdminFormsTest {
    private static final String FORM = "/system/dead-letters";
    private static final String TOKEN = "token=" + Tokens.RIGHT;
    private static final String CHECK = Address.path(DemoData.HEALTHY) + "/check";

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

    /** What the first check box of the page sends. */
    private String firstLetter() throws Exception {
        Matcher box = Pattern.compile("name=\"letter\" value=\"([^\"]+)\"")
                .matcher(demo.get("/system").body());
        assertThat(box.find()).isTrue();
        return "letter=" + Address.encoded(box.group(1));
    }

    @Test
    void aChosenLetterIsRetriedAndThePageSaysSo() throws Exception {
        HttpResponse<String> response = demo.form(FORM, TOKEN + "&do=retry&" + firstLetter());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        assertThat(response.headers().firstValue("location")).hasValue("/system?retried=1#dead");
        assertThat(demo.site.queue.acts).containsExactly("retry eu-west 1");
        demo.later(Duration.ofSeconds(2));
        assertThat(demo.get("/system?retried=1").body())
                .contains("1 dead letter was put back into the queue.")
                .doesNotContain("name=\"letter\"");
    }

    @Test
    void lettersWithAnyIdAreFoundAgain() throws Exception {
        String id = "1 \u0000\r\n<\u202e\"& \ud83d\ude00";
        demo.site.queue.buryUnreadable("us-east", id, "is not a job");

        assertThat(demo.form(FORM, TOKEN + "&do=drop&" + firstLetter())
                        .headers()
                        .firstValue("location"))
                .hasValue("/system?dropped=1#dead");
        assertThat(demo.site.queue.acts).containsExactly("drop us-east 1");
    }

    @Test
    void allOfARegionCanBeChosenTogetherWithSomeOfAnother() throws Exception {
        demo.site.queue.bury("us-east", DemoData.HEALTHY, "because");

        assertThat(demo.form(FORM, TOKEN + "&do=drop&all=eu-west&" + firstLetter())
                        .headers()
                        .firstValue("location"))
                .hasValue("/system?dropped=2#dead");
        assertThat(demo.site.queue.acts).containsExactlyInAnyOrder("dropAll eu-west 1", "drop us-east 1");
    }

    @Test
    void aWrongTokenIsToldOnThePageAndTheChoiceStays() throws Exception {
        String letter = firstLetter();
        HttpResponse<String> response = demo.form(FORM, "token=wrong&do=drop&" + letter);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("www-authenticate")).hasValue("Bearer");
        assertThat(response.body())
                .contains("This is not the admin token.", " checked")
                .doesNotContain("wrong\"");
        assertThat(demo.form(FORM, "do=drop&" + letter).statusCode()).isEqualTo(401);
        assertThat(demo.site.queue.acts).isEmpty();
    }

    @Test
    void tooManyWrongTokensAreToldWithTheTimeToWait() throws Exception {
        for (int i = 0; i < 10; i++) {
            demo.form(FORM, "token=wrong&do=drop&all=eu-west");
        }
        HttpResponse<String> response = demo.form(FORM, TOKEN + "&do=drop&all=eu-west");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).hasValue("60");
        assertThat(response.body()).contains("wait 60 s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do=drop",
                "do=explode&all=eu-west",
                "all=eu-west",
                "do=drop&all=EU",
                "do=drop&all=a%7D:dead",
                "do=drop&letter=nonsense",
                "do=drop&letter=eu-west/%21%21",
                "do=drop&letter=/eA",
                "do=drop&letter=",
            })
    void formsThatWeDidNotMakeAreRefused(String fields) throws Exception {
        HttpResponse<String> response = demo.form(FORM, TOKEN + "&" + fields);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(demo.site.queue.acts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz=%", "a=1&b=2&%", "=", "&&&"})
    void formsThatAreNoneHaveNoToken(String body) throws Exception {
        assertThat(demo.form(FORM, body).statusCode()).isBetween(400, 401);
    }

    @Test
    void formsAreBounded() throws Exception {
        assertThat(demo.form(FORM, TOKEN + "&x=" + "y".repeat(20_000)).statusCode())
                .isEqualTo(413);
        assertThat(demo.form(FORM, TOKEN + "&a=1".repeat(3_000)).statusCode()).isBetween(400, 413);
    }

    @Test
    void redisAwayIsToldOnThePage() throws Exception {
        demo.site.queue.away = true;
        HttpResponse<String> response = demo.form(FORM, TOKEN + "&do=retry&all=eu-west");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("Redis did not answer in time.").doesNotContain("secret-host");
    }

    @Test
    void aCheckIsAskedForFromThePageOfARelay() throws Exception {
        assertThat(demo.form(CHECK, TOKEN).statusCode()).isEqualTo(503);
        demo.site.bus.serve(
                Messages.CHECK_REQUESTED,
                r -> Future.succeededFuture(new CheckRequested(true, List.of(new Ticket("eu-west", DemoClient.NOW)))));
        HttpResponse<String> response = demo.form(CHECK, TOKEN);

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("location")).hasValue(Address.path(DemoData.HEALTHY) + "?asked=1#now");
        assertThat(demo.get(Address.path(DemoData.HEALTHY) + "?asked=1").body())
                .contains("A check was asked for in 1 region.");
        assertThat(demo.form(CHECK, "token=no").body()).contains("This is not the admin token.");
        assertThat(demo.form("/relays/wss%3A%2F%2Fnobody.example%2F/check", "token=no")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void withoutAFileThereIsNoFormButAWordHowToHaveOne() throws Exception {
        try (DemoClient off = new DemoClient(DemoData.relays())) {
            assertThat(off.get("/system").body())
                    .contains("<code>http.adminTokenFile</code>")
                    .doesNotContain("<form class=\"admin\"", "type=\"password\"", "type=\"checkbox\"");
            assertThat(off.get(Address.path(DemoData.HEALTHY)).body()).doesNotContain("type=\"password\"");
            HttpResponse<String> response = off.form(FORM, TOKEN + "&do=drop&all=eu-west");
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("set http.adminTokenFile");
            assertThat(off.site.queue.letters).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"retried=3%3Cscript%3E", "retried=-1", "retried=99999999", "dropped=", "retried=many"})
    void onlyNumbersOfOursAreSaidBack(String query) throws Exception {
        assertThat(demo.get("/system?" + query).body()).doesNotContain("class=\"notice");
    }
}

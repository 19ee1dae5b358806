package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.http.view.Address;

class SharedPagesTest {
    private DemoClient demo;

    @BeforeEach
    void serve() throws Exception {
        demo = new DemoClient(DemoData.relays());
    }

    @AfterEach
    void close() throws Exception {
        demo.close();
    }

    private HttpResponse<String> renewed(String path) throws Exception {
        return demo.send("GET", path, SharedPages.HEADER, "1");
    }

    @Test
    void aPageThatManyHaveOpenIsMadeOnceInTwoSeconds() throws Exception {
        String first = renewed("/relays").body();
        renewed("/relays");
        assertThat(demo.site.views.lists).hasValue(1);
        assertThat(renewed("/relays").body())
                .isEqualTo(first)
                .isEqualTo(demo.get("/relays").body());

        renewed("/relays?q=havfrue");
        assertThat(demo.site.views.lists).hasValue(3);
        demo.later(Duration.ofSeconds(SharedPages.SECONDS));
        renewed("/relays");
        assertThat(demo.site.views.lists).hasValue(4);
    }

    @Test
    void whoeverOpensAPageGetsOneOfThisMoment() throws Exception {
        renewed("/relays");
        demo.get("/relays");
        assertThat(demo.site.views.lists).hasValue(2);
    }

    @Test
    void whereOneReaderFoundThePageIsNotToldToAnother() throws Exception {
        String path = Address.path(DemoData.HEALTHY);
        HttpResponse<String> other = demo.send("GET", path, SharedPages.HEADER, "1", "X-Forwarded-Proto", "https");

        assertThat(other.body()).contains("https://127.0.0.1");
        assertThat(renewed(path).body()).contains("http://127.0.0.1").doesNotContain("https://127.0.0.1");
    }

    @Test
    void aFailureIsNotKept() throws Exception {
        demo.site.views.away = true;
        assertThat(renewed("/relays").statusCode()).isEqualTo(503);
        demo.site.views.away = false;
        assertThat(renewed("/relays").statusCode()).isEqualTo(200);
    }

    @Test
    void itIsCompressedForWhoeverCanReadThat() throws Exception {
        HttpResponse<String> compressed = demo.send("GET", "/", SharedPages.HEADER, "1", "Accept-Encoding", "gzip");
        HttpResponse<String> plain = renewed("/");

        assertThat(compressed.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(compressed.body().length()).isLessThan(plain.body().length() / 3);
        assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
        assertThat(plain.body()).contains("</html>");
    }

    @Test
    void anErrorThatMayPassIsLinkedToTheSameAddress() throws Exception {
        demo.site.views.away = true;
        assertThat(demo.get("/relays?q=a&sort=url").body())
                .contains(
                        "This cannot be read now.",
                        "<a href=\"/relays?q=a&amp;sort=url\" rel=\"nofollow\">Try again</a>");
        assertThat(demo.get("/no-such-page").body())
                .contains("There is nothing here.")
                .doesNotContain("Try again");
    }
}

package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import org.nostrmonitor.http.Freshness.Tagged;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.http.view.ApiPage;
import org.nostrmonitor.http.view.ApiReader;
import org.nostrmonitor.http.view.Search;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayViews.Item;

/**
 * {@code /api}: the contract of the API for people. The page is made once, when the server starts; whoever asks gets it with the
 * address of this site, and of a relay that is known here, in its examples.
 */
final class ApiPageRoute {
    static final String PATH = "/api";

    /** Shown while no relay is known. */
    private static final RelayUrl NOBODY = RelayUrl.of("wss://relay.example");

    private static final Map<String, String> BEST = Map.of("status", "online", "sort", "uptime", "dir", "desc");

    /** The one with the shortest URL of so many is shown. */
    private static final int CANDIDATES = 20;

    private final String html;
    private final String version;
    private final BriefMemory<RelayUrl> relay;

    private ApiPageRoute(Pages pages, String html) {
        this.html = html;
        this.version = Tagged.of(Buffer.buffer(html)).tag();
        this.relay =
                new BriefMemory<>(() -> example(pages.reading()), Duration.ofMinutes(10), pages.reading()::instant);
    }

    /** Makes the page, which takes a while. */
    static Future<ApiPageRoute> load(Pages pages, JsonObject contract, WebLimits limits) {
        return pages.write(
                        "api",
                        () -> ApiPage.of(
                                pages.site(),
                                ApiReader.read(contract),
                                limits.requestsPerSecond(),
                                CallerRate.SECONDS_AT_ONCE))
                .map(html -> new ApiPageRoute(pages, html.toString()));
    }

    void on(Router router) {
        router.get(PATH)
                .method(HttpMethod.HEAD)
                .handler(ctx -> relay.get()
                        .otherwise(NOBODY)
                        .onSuccess(known -> send(ctx, Address.encoded(known.value())))
                        .onFailure(ctx::fail));
    }

    private void send(RoutingContext ctx, String encodedRelay) {
        String origin = Origin.of(ctx);
        String tag =
                Tagged.of(Buffer.buffer(version + origin + ' ' + encodedRelay)).tag();
        String whole = html.replace(ApiPage.HERE, origin).replace(ApiPage.RELAY, encodedRelay);
        Freshness.send(ctx, Response.HTML, new Tagged(Buffer.buffer(whole), tag), "no-cache");
    }

    private static Future<RelayUrl> example(Reading reading) {
        return reading.part(Search.parse(BEST::get, CANDIDATES).query())
                .compose(page -> page.items().stream()
                        .map(Item::url)
                        .min(Comparator.comparing((RelayUrl url) -> url.value().length())
                                .thenComparing(RelayUrl::value))
                        .map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture("no relay is online")));
    }
}

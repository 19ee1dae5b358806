package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History.Resolution;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.RelayViews.Sort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long each question takes that a page or a route of the API asks, of another relay each time, while results are stored
 * at the pace of the real thing and relays are counted.
 */
public final class PagesBenchmark {
    private static final Logger LOG = LoggerFactory.getLogger(PagesBenchmark.class);

    private static final int PAGE = 50;
    private static final int DAY_OF_RESULTS = 100;

    private final Database database;
    private final BenchSize size;
    private final RelayViews views;
    private final History history;
    private final Random random = new Random(3);
    private final Map<String, Supplier<Future<?>>> questions = new LinkedHashMap<>();

    /** @param pages read before all else, each of a relay */
    public PagesBenchmark(Database database, BenchSize size, Map<String, Function<RelayUrl, Future<?>>> pages) {
        this.database = database;
        this.size = size;
        this.views = new PgRelayViews(database, InstantSource.system());
        this.history = new PgHistory(database, InstantSource.system());
        pages.forEach((name, page) -> questions.put(name, () -> page.apply(relay())));
        ask();
    }

    /** In milliseconds, from the call to the value. */
    public record Times(double p50, double p99, double most) {}

    private void ask() {
        Instant now = Instant.now();
        questions.put("overview", views::overview);
        questions.put("list by url", () -> views.relays(query("", null, Sort.URL)));
        questions.put("list, online", () -> views.relays(query("", RelayState.ONLINE, Sort.URL)));
        questions.put("list by open", () -> views.relays(query("", null, Sort.OPEN)));
        questions.put("list, search", () -> views.relays(query("relay-" + deep(), null, Sort.URL)));
        questions.put("relay", () -> views.relay(relay()));
        questions.put("family", () -> views.family(relay()));
        questions.put("results of a day, one region", () -> views.results(relay(), "region-1", null, DAY_OF_RESULTS));
        questions.put("results, all regions", () -> views.results(relay(), null, null, PAGE));
        questions.put("uptime to a year", () -> history.uptime(relay()));
        questions.put("hours of a day", () -> points(now, 1, Resolution.HOUR));
        questions.put("hours of a week", () -> points(now, 7, Resolution.HOUR));
        questions.put("hours of a month", () -> points(now, 30, Resolution.HOUR));
        questions.put("days of a month", () -> points(now, 30, Resolution.DAY));
        questions.put("days of a year", () -> points(now, 365, Resolution.DAY));
        questions.put("incidents", () -> history.incidents(relay(), null, null, PAGE));
        questions.put("network, hours of a month", () -> network(now, 30, Resolution.HOUR));
        questions.put("network, days of a year", () -> network(now, 365, Resolution.DAY));
        questions.put("cycles", () -> new PgCycleRepository(database).latest(PAGE));
        questions.put("discovery events", () -> new PgOutbox(database).discoveries(relay()));
    }

    private static Query query(String text, @Nullable RelayState state, Sort sort) {
        return new Query(text, state, null, null, null, null, sort, false, null, PAGE);
    }

    private Future<?> points(Instant now, int days, Resolution resolution) {
        return history.points(relay(), null, now.minus(Duration.ofDays(days)), now, resolution);
    }

    private Future<?> network(Instant now, int days, Resolution resolution) {
        return history.network(now.minus(Duration.ofDays(days)), now, resolution);
    }

    private int deep() {
        return random.nextInt(size.deepRelays()) / 10 * 10 + random.nextInt(2) + 1;
    }

    /** One that is up, with all of its past. */
    private RelayUrl relay() {
        return RelayUrl.of(BenchSize.url(Math.min(size.deepRelays(), deep())));
    }

    /**
     * Completes with the times of each question, asked so many times, one after another.
     *
     * @param pace results stored a second meanwhile; 0 for none
     */
    public Future<Map<String, Times>> run(int times, double pace) {
        BenchWriter writer = new BenchWriter(database, size);
        NetworkCounts counts = new NetworkCounts(database);
        long counting = database.vertx()
                .setPeriodic(
                        500, timer -> counts.refresh().onFailure(busy -> LOG.debug("not counted this time", busy)));
        if (pace > 0) {
            writer.start(pace);
        }
        Map<String, Times> measured = new LinkedHashMap<>();
        // As the coordinator does when it starts.
        Future<Void> done = counts.refresh();
        for (Map.Entry<String, Supplier<Future<?>>> question : questions.entrySet()) {
            done = done.compose(before -> times(question.getValue(), times, new ArrayList<>()))
                    .map(each -> {
                        measured.put(question.getKey(), each);
                        return null;
                    });
        }
        return done.eventually(() -> {
                    database.vertx().cancelTimer(counting);
                    return writer.stop();
                })
                .map(measured);
    }

    private Future<Times> times(Supplier<Future<?>> question, int left, List<Double> seen) {
        if (left == 0) {
            double[] sorted =
                    seen.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return Future.succeededFuture(
                    new Times(quantile(sorted, 0.5), quantile(sorted, 0.99), sorted[sorted.length - 1]));
        }
        long begun = System.nanoTime();
        return question.get().compose(answer -> {
            seen.add((System.nanoTime() - begun) / 1e6);
            // Not at once: a person who reads pages leaves the server time for others.
            return database.vertx().timer(5, TimeUnit.MILLISECONDS).compose(rested -> times(question, left - 1, seen));
        });
    }

    private static double quantile(double[] sorted, double quantile) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * quantile) - 1)];
    }
}

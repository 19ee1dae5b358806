package org.nostrmonitor.cli;

import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.nostrmonitor.storage.BenchSize;
import org.nostrmonitor.storage.RelayViews.Sort;

/** What people and programs ask the pages and the API for, of another relay each time. */
final class BenchRequests {
    private static final List<String> TYPED =
            List.of("relay-4711", "relay 12", "software-7", "wss://relay-99", "example/", "nothing like it");

    /** Of each of these one, or none, in any order of the list. */
    private static final List<List<String>> CONDITIONS = List.of(
            List.of("", "&q=e", "&q=no", "&q=relay-4", "&q=relay-4711", "&q=software", "&q=wss://relay-9"),
            List.of("", "&status=online", "&status=offline", "&status=degraded", "&uptime=0.99", "&writable=true"),
            List.of("", "&nip=1", "&nip=42", "&nip=50", "&country=DE", "&openMs=120", "&near=0,0&km=5000"));

    private static final String PHASES =
            "&phase=dns&phase=tcp&phase=tls&phase=upgrade&phase=open&phase=read&phase=write&phase=nip11";

    private final BenchSite site;
    private final BenchSize size;
    private final Random random = new Random(3);
    private final Instant now = Instant.now();
    private final Map<String, Supplier<Future<?>>> all = new LinkedHashMap<>();

    private BenchRequests(BenchSite site, BenchSize size) {
        this.site = site;
        this.size = size;
    }

    static Map<String, Supplier<Future<?>>> of(BenchSite site, BenchSize size) {
        BenchRequests requests = new BenchRequests(site, size);
        requests.pages();
        requests.lists();
        requests.relays();
        requests.network();
        return requests.all;
    }

    private void add(String name, Supplier<String> path) {
        all.put(name, () -> site.get(path.get()));
    }

    private void pages() {
        add("GET /", () -> "/");
        add("GET /relays", () -> "/relays");
        add("GET /relays?q=, as it is typed", () -> "/relays?q=" + encoded(typed()));
        add("GET /relays/{url}", () -> "/relays/" + relay());
        add("GET /relays/{url}?range=30d", () -> "/relays/" + relay() + "?range=30d");
        add("GET /relays/{url}?range=1y", () -> "/relays/" + relay() + "?range=1y");
        add("GET /compare, of three", () -> "/compare?relay=" + relay() + "&relay=" + relay() + "&relay=" + relay());
        add("GET /statistics", () -> "/statistics");
        add("GET /system", () -> "/system");
    }

    /** Each time one letter more, or another word. */
    private String typed() {
        String word = TYPED.get(random.nextInt(TYPED.size()));
        return word.substring(0, 1 + random.nextInt(word.length()));
    }

    private String conditions() {
        return CONDITIONS.stream()
                .map(some -> some.get(random.nextInt(some.size())))
                .collect(Collectors.joining());
    }

    private String sort() {
        Sort[] all = Sort.values();
        return all[random.nextInt(all.length)].name().toLowerCase(Locale.ROOT);
    }

    private String direction() {
        return random.nextBoolean() ? "asc" : "desc";
    }

    private void lists() {
        String list = "/api/v1/relays?limit=50";
        add("relays", () -> list);
        add("relays?q=", () -> list + "&q=relay-" + random.nextInt(size.relays()));
        add("relays?status=online", () -> list + "&status=online");
        add("relays?sort=open", () -> list + "&sort=open");
        add("relays?sort=uptime&dir=desc", () -> list + "&sort=uptime&dir=desc");
        add("relays?nip=…&nip=…&uptime=0.99", () -> list + "&nip=1&nip=4" + random.nextInt(10) + "&uptime=0.99");
        add("relays?country=…&openMs=120", () -> list + "&country=CC&openMs=120");
        add(
                "relays, any conditions in any order",
                () -> list + conditions() + "&sort=" + sort() + "&dir=" + direction());
        add("relays?near=…", () -> list + "&near=" + (random.nextInt(80) - 40) + ",13.4&km=300");
    }

    private void relays() {
        add("relays/{url}", () -> of(""));
        add("…/badge.svg?show=uptime", () -> of("/badge.svg?show=uptime"));
        add("…/results of a day", () -> of("/results?region=region-1&limit=96"));
        add("…/results, all regions", () -> of("/results?limit=50"));
        add("…/history, hours of a day", () -> of("/history?resolution=hour&from=" + ago(1)));
        add("…/history, hours of a week", () -> of("/history?resolution=hour&from=" + ago(7)));
        add("…/history, hours of a month", () -> of("/history?resolution=hour&from=" + ago(30)));
        add("…/history, days of a month", () -> of("/history?resolution=day&from=" + ago(30)));
        add("…/history, days of a year", () -> of("/history?resolution=day&from=" + ago(365)));
        add("…/history, hours of a month, all phases", () -> of("/history?resolution=hour&from=" + ago(30) + PHASES));
        add("…/history, days of a year, all phases", () -> of("/history?resolution=day&from=" + ago(365) + PHASES));
        add("…/uptime", () -> of("/uptime"));
        add("…/incidents", () -> of("/incidents"));
    }

    private void network() {
        String api = "/api/v1/";
        add("overview", () -> api + "overview");
        add("network, hours of a month", () -> api + "network?resolution=hour&from=" + ago(30));
        add("network, days of a year", () -> api + "network?resolution=day&from=" + ago(365));
        add("statistics, a year", () -> api + "statistics?kind=software&from=" + ago(365));
        add("shape", () -> api + "shape");
        add("cycles", () -> api + "cycles");
        add("monitors", () -> api + "monitors");
    }

    private String of(String what) {
        return "/api/v1/relays/" + relay() + what;
    }

    private String relay() {
        return encoded(size.deepRelay(random).value());
    }

    private String ago(int days) {
        return now.minus(Duration.ofDays(days)).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

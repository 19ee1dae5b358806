package org.nostrmonitor.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;

/** The keys of a configuration, their kinds and ranges: the table that the records are filled from. */
final class ConfigReader {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_URI = 2_048;
    private static final int THIRTY_DAYS = 30 * 24 * 3_600;

    private ConfigReader() {}

    static MonitorConfig read(Section root) {
        MonitorConfig none = MonitorConfig.DEFAULT;
        MonitorConfig config = new MonitorConfig(
                Set.copyOf(root.read("roles", List.copyOf(none.roles()), roles())),
                root.read("region", none.region(), Readings.text(100).then(Formats::region)),
                root.read("dataDirectory", none.dataDirectory(), Readings.path()),
                postgres(root.section("postgres")),
                redis(root.section("redis")),
                IdentityReader.read(root.section("monitor")),
                schedule(root.section("schedule")),
                relays(root.section("relays")),
                checks(root.section("checks")),
                publish(root.section("publish")),
                discovery(root.section("discovery")),
                network(root.section("network")),
                geo(root.section("geo")),
                rateLimits(root.section("rateLimits")),
                retention(root.section("retention")),
                worker(root.section("worker")),
                http(root.section("http")),
                cluster(root.section("cluster")));
        root.end();
        return config;
    }

    private static Reading<List<Role>> roles() {
        return Readings.list(Readings.text(100).then(Formats::role)).then(roles -> {
            if (roles.isEmpty()) {
                throw new Wrong("names no role: a node without one does nothing");
            }
            return roles;
        });
    }

    private static MonitorConfig.@Nullable Postgres postgres(Section section) {
        String uri = section.optional("uri", Readings.text(MAX_URI).then(Formats::postgresUri));
        section.end();
        return uri == null ? null : new MonitorConfig.Postgres(uri);
    }

    private static MonitorConfig.@Nullable Redis redis(Section section) {
        String uri = section.optional("uri", Readings.text(MAX_URI).then(Formats::redisUri));
        section.end();
        return uri == null ? null : new MonitorConfig.Redis(uri);
    }

    private static MonitorConfig.Schedule schedule(Section section) {
        MonitorConfig.Schedule none = MonitorConfig.Schedule.DEFAULT;
        String cron = section.read("cron", none.cron(), Readings.text(100).then(Formats::cron));
        Duration longestBackOff =
                section.read("longestBackOffSeconds", none.longestBackOff(), Readings.seconds(0, THIRTY_DAYS));
        section.end();
        return new MonitorConfig.Schedule(cron, longestBackOff);
    }

    private static MonitorConfig.Relays relays(Section section) {
        MonitorConfig.Relays none = MonitorConfig.Relays.DEFAULT;
        MonitorConfig.Relays relays = new MonitorConfig.Relays(
                section.read("urls", List.<RelayUrl>of(), relayUrls()).stream()
                        .map(RelayUrl::value)
                        .toList(),
                section.read(
                        "files", none.files(), Readings.list(Readings.path().then(FileFault::readable))),
                section.read("builtin", none.builtin(), Readings.flag()));
        section.end();
        return relays;
    }

    private static Reading<List<RelayUrl>> relayUrls() {
        return Readings.list(Readings.text(MAX_URI).then(Formats::relayUrl));
    }

    private static MonitorConfig.Checks checks(Section section) {
        MonitorConfig.Checks none = MonitorConfig.Checks.DEFAULT;
        Section open = section.section("open");
        MonitorConfig.Checks checks = new MonitorConfig.Checks(
                check(open, none.open()),
                check(section.section("read"), none.read()),
                check(section.section("write"), none.write()),
                check(section.section("nip11"), none.nip11()),
                check(section.section("capabilities"), none.capabilities()));
        if (!checks.open().enabled()) {
            open.fault("enabled", "cannot be false: every other check needs an open connection");
        }
        section.end();
        return checks;
    }

    private static MonitorConfig.Check check(Section section, MonitorConfig.Check none) {
        MonitorConfig.Check check = new MonitorConfig.Check(
                section.read("enabled", none.enabled(), Readings.flag()),
                section.read("timeoutMs", none.timeout(), Readings.millis(100, 60_000)),
                section.read("everySeconds", none.every(), Readings.seconds(0, THIRTY_DAYS)));
        section.end();
        return check;
    }

    private static MonitorConfig.Publish publish(Section section) {
        List<RelayUrl> relays = section.read("relays", MonitorConfig.Publish.DEFAULT.relays(), relayUrls());
        section.end();
        return new MonitorConfig.Publish(relays);
    }

    private static Discovery discovery(Section section) {
        List<RelayUrl> relays = section.optional("relays", relayUrls());
        section.end();
        return new Discovery(relays);
    }

    private static MonitorConfig.Network network(Section section) {
        MonitorConfig.Network none = MonitorConfig.Network.DEFAULT;
        Reading<Map<String, String>> proxies =
                Readings.map(Formats::network, Readings.text(300).then(Formats::proxy));
        MonitorConfig.Network network = new MonitorConfig.Network(
                section.read("allowAddresses", none.allowAddresses(), texts(Addresses::cidr)),
                section.read("dnsServers", none.dnsServers(), texts(Addresses::addressAndPort)),
                section.read(
                        "trustedCertificates",
                        none.trustedCertificates(),
                        Readings.list(Readings.path().then(FileFault::readable))),
                section.read("proxies", none.proxies(), proxies));
        section.end();
        return network;
    }

    private static MonitorConfig.Geo geo(Section section) {
        MonitorConfig.Geo none = MonitorConfig.Geo.DEFAULT;
        MonitorConfig.Geo geo = new MonitorConfig.Geo(
                section.read(
                        "files",
                        none.files(),
                        Readings.list(Readings.path().then(FileFault::readable).then(FileFault::maxMind))),
                section.read("anycastAsns", none.anycastAsns(), Readings.list(Readings.asn())));
        section.end();
        return geo;
    }

    private static Reading<List<String>> texts(Reading.Step<String, String> format) {
        return Readings.list(Readings.text(300).then(format));
    }

    private static MonitorConfig.RateLimits rateLimits(Section section) {
        MonitorConfig.RateLimits none = MonitorConfig.RateLimits.DEFAULT;
        MonitorConfig.RateLimits limits = new MonitorConfig.RateLimits(
                section.read("perHost", none.perHost(), Readings.decimal(0, 100_000)),
                section.read("perAddress", none.perAddress(), Readings.decimal(0, 100_000)),
                section.read("perNetwork", none.perNetwork(), Readings.decimal(0, 100_000)),
                section.read("global", none.global(), Readings.decimal(0, 100_000)),
                section.read("urlsPerHost", none.urlsPerHost(), Readings.integer(1, 100_000)));
        section.end();
        return limits;
    }

    private static MonitorConfig.Retention retention(Section section) {
        MonitorConfig.Retention none = MonitorConfig.Retention.DEFAULT;
        MonitorConfig.Retention retention = new MonitorConfig.Retention(
                section.read("resultDays", none.resultDays(), Readings.integer(1, 3_650)),
                section.read(
                        "hourlyDays",
                        none.hourlyDays(),
                        Readings.integer(MonitorConfig.Retention.LEAST_HOURLY_DAYS, 3_650)),
                section.read("dailyDays", none.dailyDays(), Readings.integer(0, 36_500)));
        section.end();
        return retention;
    }

    private static MonitorConfig.Worker worker(Section section) {
        int none = MonitorConfig.Worker.DEFAULT.concurrency();
        int concurrency = section.read("concurrency", none, Readings.integer(1, 10_000));
        section.end();
        return new MonitorConfig.Worker(concurrency);
    }

    private static MonitorConfig.Http http(Section section) {
        MonitorConfig.Http none = MonitorConfig.Http.DEFAULT;
        MonitorConfig.Http http = new MonitorConfig.Http(
                section.read("host", none.host(), Readings.text(300).then(Addresses::host)),
                section.read("port", none.port(), Readings.integer(0, MAX_PORT)),
                section.optional("adminTokenFile", Readings.path().then(FileFault::readable)),
                section.read("requestsPerSecond", none.requestsPerSecond(), Readings.decimal(0, 100_000)),
                section.read("unlimitedAddresses", none.unlimitedAddresses(), texts(Addresses::cidr)));
        section.end();
        return http;
    }

    private static MonitorConfig.Cluster cluster(Section section) {
        MonitorConfig.Cluster none = MonitorConfig.Cluster.DEFAULT;
        MonitorConfig.Cluster cluster = new MonitorConfig.Cluster(
                section.read("host", none.host(), Readings.text(300).then(Addresses::host)),
                section.read("port", none.port(), Readings.integer(1, MAX_PORT)),
                section.read("members", none.members(), texts(Addresses::hostAndPort)));
        section.end();
        return cluster;
    }
}

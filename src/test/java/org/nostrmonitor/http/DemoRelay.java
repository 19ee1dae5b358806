package org.nostrmonitor.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Result;
import org.nostrmonitor.storage.RelayViews.Seen;
import org.nostrmonitor.storage.RelayViews.Uptime;
import org.nostrmonitor.storage.Traits;

/** A made-up relay whose figures agree with one another. */
record DemoRelay(
        RelayUrl url,
        RelayState state,
        @Nullable Outcome fault,
        @Nullable String name,
        @Nullable String software,
        List<Integer> nips,
        int openMs,
        int hoursSince,
        long seed) {
    static final List<String> REGIONS = List.of("eu-west", "us-east");
    private static final int SLOTS = 96;

    Random random() {
        return new Random(seed);
    }

    Instant since(Instant now) {
        return now.minus(Duration.ofHours(hoursSince).plusMinutes(seed % 53));
    }

    Instant checkedAt(Instant now) {
        return now.truncatedTo(ChronoUnit.MILLIS).minusSeconds(30 + Math.floorMod(seed * 37, 600));
    }

    private boolean isNew() {
        return state == RelayState.UNKNOWN && fault == null;
    }

    String strip(Instant now) {
        if (state == RelayState.UNKNOWN) {
            return "0".repeat(SLOTS);
        }
        StringBuilder strip = new StringBuilder("1".repeat(SLOTS));
        int bad = Math.min(SLOTS, Math.max(1, hoursSince * 4));
        if (state != RelayState.ONLINE) {
            strip.replace(SLOTS - bad, SLOTS, Integer.toString(state.code()).repeat(bad));
        }
        if (seed % 7 == 0 && state.isUp()) {
            strip.replace(30, 33, "333");
        }
        if (seed % 11 == 0 && state.isUp()) {
            strip.replace(57, 59, "00");
        }
        return strip.toString();
    }

    Item item(Instant now) {
        boolean up = state.isUp();
        CheckReport report = report(REGIONS.get(0), now);
        Outcome decisive = fault;
        return new Item(
                url,
                state,
                since(now),
                isNew() ? null : checkedAt(now),
                decisive instanceof Outcome.Failed failed ? failed.stage() : null,
                decisive == null ? null : decisive.reason(),
                up ? report.rttOpen() : null,
                up ? report.rttRead() : null,
                up ? report.rttWrite() : null,
                up ? (seed % 3 == 0 ? null : Boolean.valueOf(seed % 3 == 1)) : null,
                name,
                software,
                strip(now),
                spark(now),
                traits(now));
    }

    private Traits traits(Instant now) {
        boolean told = name != null && state != RelayState.UNKNOWN;
        return new Traits(
                now.minus(Duration.ofDays(40 + seed)),
                isNew() ? null : List.of("DE", "US", "FI").get((int) (seed % 3)),
                isNew() ? null : (Long) (24_000L + seed % 4),
                told ? (Boolean) (seed % 5 == 0) : null,
                told ? (Boolean) false : null,
                null,
                null,
                shares(now),
                told ? "javascript:alert(1)" : null,
                nips,
                seed % 4 == 0 ? List.of("art") : List.of());
    }

    /** As the pages compute them from the numbers of checks, and a month that is as the week. */
    private Traits.Shares shares(Instant now) {
        Uptime day = uptime(now);
        if (day.made() == 0) {
            return Traits.Shares.NONE;
        }
        double week = share(week(day));
        return new Traits.Shares(share(day), week, week);
    }

    private static double share(Uptime uptime) {
        return Math.floor(10_000.0 * uptime.answered() / uptime.made()) / 10_000;
    }

    private Uptime week(Uptime day) {
        return isNew() ? day : new Uptime(day.answered() + 576, day.made() + 576);
    }

    /** An hour of which the strip knows nothing was not measured. */
    private List<@Nullable Duration> spark(Instant now) {
        List<@Nullable Duration> spark = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            String quarters = strip(now).substring(hour * 4, hour * 4 + 4);
            boolean up = quarters.contains("1") || quarters.contains("2");
            spark.add(up ? Duration.ofMillis(90 + (seed + hour) % 7 * 11) : null);
        }
        return spark;
    }

    Detail detail(Instant now) {
        Uptime day = uptime(now);
        return new Detail(
                item(now),
                true,
                false,
                null,
                null,
                now.minus(Duration.ofDays(40 + seed)),
                "builtin",
                isNew() ? null : state.isUp() ? checkedAt(now) : since(now).minusSeconds(900),
                day,
                week(day),
                isNew()
                        ? List.of()
                        : REGIONS.stream().map(region -> seen(region, now)).toList(),
                document(),
                document() == null ? null : checkedAt(now));
    }

    private Seen seen(String region, Instant now) {
        CheckReport report = report(region, now);
        return new Seen(region, state, since(now), report, strip(now), uptime(now), known(report));
    }

    /** A few that claim more than they do. */
    private Known known(CheckReport report) {
        Known seen = Known.NOTHING.and(report);
        Capability search = new Capability(Capability.Finding.REFUTED, "[\"EVENT\",\"search\",{}]");
        return seed % 3 == 1 && nips.contains(50) ? new Known(seen.observed(), Map.of(50, search), Map.of()) : seen;
    }

    private Uptime uptime(Instant now) {
        String strip = strip(now);
        int answered = (int) strip.chars().filter(c -> c == '1' || c == '2').count();
        int made = (int) strip.chars().filter(c -> c != '0').count();
        return new Uptime(answered, made);
    }

    CheckReport report(String region, Instant now) {
        int factor = region.equals(REGIONS.get(0)) ? 1 : 3;
        Outcome open = new Outcome.Passed();
        Outcome read = new Outcome.Passed("EOSE");
        Outcome later = new Outcome.NotTested(Reason.NOT_REACHED);
        Stage stopped = null;
        if (fault instanceof Outcome.Failed failed) {
            stopped = failed.stage();
            open = stopped.compareTo(Stage.READ) < 0 ? failed : open;
            read = stopped == Stage.READ ? failed : open.failed() ? later : read;
        } else if (fault instanceof Outcome.NotTested) {
            open = fault;
            read = fault;
        } else if (fault != null) {
            read = fault;
        }
        boolean opened = open.passed();
        return new CheckReport(
                url,
                region,
                cycle(now),
                checkedAt(now),
                opened || (stopped != null && stopped != Stage.DNS) ? address() : null,
                phases(factor, stopped),
                open,
                read,
                opened ? (stopped == Stage.WRITE && fault != null ? fault : write()) : later,
                stopped == Stage.NIP11 && fault != null
                        ? fault
                        : opened && document() != null ? new Outcome.Passed() : later,
                opened ? document() : null,
                observed(opened),
                Duration.ofMillis(2),
                Set.of(),
                1,
                DemoFacts.of(url, now));
    }

    static Instant cycle(Instant now) {
        return Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), 900) * 900);
    }

    private Outcome write() {
        return switch ((int) (seed % 3)) {
            case 0 -> new Outcome.NotTested(Reason.NOT_DUE);
            case 1 -> new Outcome.Passed("OK true");
            default -> new Outcome.Refused(Reason.RESTRICTED, "restricted: members only <b>sorry</b>");
        };
    }

    private Map<Requirement, Boolean> observed(boolean opened) {
        Map<Requirement, Boolean> observed = new EnumMap<>(Requirement.class);
        if (opened) {
            observed.put(Requirement.AUTH, false);
            if (seed % 3 != 0) {
                observed.put(Requirement.WRITES, seed % 3 == 2);
                observed.put(Requirement.PAYMENT, false);
            }
        }
        return observed;
    }

    private @Nullable String address() {
        return url.network() == Network.CLEARNET ? "203.0.113." + (1 + seed % 250) : null;
    }

    private Phases phases(int factor, @Nullable Stage stopped) {
        Phases phases = Phases.NONE;
        if (fault instanceof Outcome.NotTested) {
            return phases;
        }
        for (Stage stage : Stage.values()) {
            boolean skipped = (stage == Stage.TLS && !url.secure())
                    || (stage == Stage.DNS && url.network() != Network.CLEARNET)
                    || (stage == Stage.WRITE && seed % 3 == 0);
            if (!skipped) {
                phases = phases.with(
                        stage, Duration.ofNanos((long) (openMs * 0.31e6 * factor * (1 + stage.code() % 3))));
            }
            if (stage == stopped) {
                break;
            }
        }
        return phases;
    }

    List<Result> results(Instant now) {
        Random random = random();
        String strip = strip(now);
        return java.util.stream.IntStream.range(0, SLOTS)
                .mapToObj(i -> SLOTS - 1 - i)
                .flatMap(slot -> REGIONS.stream().map(region -> result(region, slot, strip, now, random)))
                .toList();
    }

    private Result result(String region, int slot, String strip, Instant now, Random random) {
        RelayState then = RelayState.ofCode(strip.charAt(slot) - '0');
        Instant cycle = cycle(now).minus(Duration.ofMinutes(15L * (SLOTS - 1 - slot)));
        boolean up = then.isUp();
        double factor =
                (region.equals(REGIONS.get(0)) ? 1 : 3) * (1 + 0.2 * random.nextGaussian() * random.nextDouble());
        Duration open = up ? Duration.ofNanos((long) (openMs * 1e6 * Math.abs(factor))) : null;
        Stage stage = fault instanceof Outcome.Failed failed ? failed.stage() : Stage.TCP;
        Reason reason = fault == null || fault.reason() == null ? Reason.TCP_REFUSED : fault.reason();
        return new Result(
                region,
                cycle,
                cycle.plusSeconds(Math.floorMod(seed * 37, 600)),
                then,
                then == RelayState.OFFLINE ? stage : null,
                then == RelayState.ONLINE ? null : reason,
                null,
                up && slot % 16 == 0 && seed % 3 == 2 ? Reason.RESTRICTED : up ? Reason.NOT_DUE : Reason.NOT_REACHED,
                null,
                up ? Duration.ofMillis(4) : null,
                open,
                up ? Duration.ofNanos((long) (openMs * 0.4e6 * Math.abs(factor))) : null,
                null);
    }

    @Nullable
    String document() {
        if (name == null || state == RelayState.UNKNOWN) {
            return null;
        }
        return new JsonObject()
                .put("name", name)
                .put("description", "A relay for tests.\nSecond line, \u202eback\u202c. <img src=x onerror=alert(1)>")
                .put("pubkey", "4c1029697ee358715d3a14a2add817c4b01651440de808371f78165ac90dc581")
                .put("contact", "javascript:alert(1)")
                .put("software", software)
                .put("version", "1.0.4")
                .put("icon", "https://evil.example/track.png")
                .put("supported_nips", new JsonArray(nips))
                .put(
                        "limitation",
                        new JsonObject().put("auth_required", seed % 5 == 0).put("payment_required", false))
                .encodePrettily();
    }
}

package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Storage.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History.Incident;
import org.nostrmonitor.storage.History.NetworkPoint;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Resolution;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.Statistics.Kind;
import org.nostrmonitor.storage.Statistics.Tallies;

class InventedPastTest {
    private static final int RELAYS = 60;
    private static final int DAYS = 5;
    private final Instant last =
            Instant.ofEpochSecond(Math.floorDiv(Instant.now().getEpochSecond(), 900) * 900 - 900);

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private static String url(int relay) {
        return "wss://r%05d.example/".formatted(relay);
    }

    @Test
    void agreesWithItselfAndWithTheReportsThatAreThere() {
        STORAGE.knowMany(RELAYS);
        await(Future.all(IntStream.range(0, RELAYS)
                .mapToObj(i -> i % 3 == 0 ? Reports.offline(url(i)) : Reports.online(url(i)))
                .map(report -> STORAGE.reports().store(report.at(last).finding()))
                .toList()));
        InventedPast past = new InventedPast(STORAGE.postgres.uri(), last, DAYS, what -> {});

        assertThat(past.isPossible()).isFalse();
        past.make();

        Instant first = last.minus(Duration.ofDays(DAYS));
        History history = STORAGE.history(last.plusSeconds(60));
        List<NetworkPoint> hours = await(history.network(first, last, Resolution.HOUR));
        assertThat(hours).hasSizeBetween(DAYS * 24 - 2, DAYS * 24);
        NetworkPoint now = hours.get(hours.size() - 1);
        assertThat(now.online() + now.degraded() + now.offline()).isEqualTo(RELAYS);
        assertThat(now.offline()).isEqualTo(RELAYS / 3);

        LocalDate today = LocalDate.ofInstant(last, ZoneOffset.UTC);
        Tallies networks =
                await(new PgStatistics(STORAGE.database()).tallies(Kind.NETWORK, today.minusDays(DAYS), today, 5));
        assertThat(networks.days()).hasSize(DAYS + 1);

        for (int i = 0; i < RELAYS; i++) {
            agrees(history, RelayUrl.of(url(i)), first);
        }
    }

    private void agrees(History history, RelayUrl url, Instant first) {
        Detail detail = java.util.Objects.requireNonNull(await(STORAGE.views().relay(url)));
        List<Incident> incidents =
                await(history.incidents(url, null, null, 200)).incidents();
        boolean down = detail.item().state() == RelayState.OFFLINE;
        assertThat(incidents.stream().filter(incident -> incident.to() == null)).hasSize(down ? 1 : 0);
        if (down) {
            assertThat(incidents.get(0).from()).isEqualTo(detail.item().since());
        }
        List<Point> points =
                await(history.points(url, "local", first, last, Resolution.HOUR, EnumSet.allOf(Phase.class)));
        boolean wasDown = incidents.stream().anyMatch(one -> one.state() == RelayState.OFFLINE);
        assertThat(points.stream().anyMatch(point -> point.checks().offline() > 0))
                .as(url + " " + incidents)
                .isEqualTo(wasDown);
    }
}

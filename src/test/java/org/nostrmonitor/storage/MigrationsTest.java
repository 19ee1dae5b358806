package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nostrmonitor.storage.Storage.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History.Incident;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Resolution;
import org.nostrmonitor.testing.RealPostgres;
import org.nostrmonitor.wire.ReportJson;

class MigrationsTest {
    @RegisterExtension
    static final RealPostgres POSTGRES = new RealPostgres();

    @Test
    void runAgainAndAgain() {
        assertThatCode(() -> Migrations.run(POSTGRES.uri())).doesNotThrowAnyException();
    }

    /** What an earlier version stored is history too: results become hours, strips and incidents. */
    @Test
    void rollUpWhatAnEarlierVersionStored() {
        POSTGRES.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        Flyway.configure()
                .dataSource(POSTGRES.jdbcUrl(), null, null)
                .locations("classpath:db/migration")
                .target("3")
                .load()
                .migrate();
        POSTGRES.execute(STORED_BEFORE);

        Migrations.run(POSTGRES.uri());

        Vertx vertx = Vertx.vertx();
        Database database = Database.connect(vertx, POSTGRES.uri(), 2);
        RelayUrl relay = RelayUrl.of("wss://a.example/");
        Instant now = Instant.now();
        History history = new PgHistory(database, InstantSource.fixed(now));
        List<Point> hours = await(history.points(
                relay, null, now.minus(Duration.ofHours(8)), now, Resolution.HOUR, EnumSet.allOf(Phase.class)));
        List<Incident> seen = await(history.incidents(relay, "local", null, 9)).incidents();
        List<Incident> together = await(history.incidents(relay, null, null, 9)).incidents();
        RelayViews views = new PgRelayViews(database, InstantSource.fixed(now));
        RelayViews.Detail detail = await(views.relay(relay));
        List<RelayViews.Item> listed = await(views.part(LISTED)).items();
        await(database.close());
        await(vertx.close());

        assertThat(hours.stream().mapToInt(hour -> hour.checks().online()).sum())
                .isEqualTo(2);
        assertThat(hours.stream().mapToInt(hour -> hour.checks().offline()).sum())
                .isEqualTo(3);
        assertThat(hours.get(0).times()).containsOnlyKeys(Phase.TCP, Phase.TLS, Phase.UPGRADE, Phase.OPEN, Phase.READ);
        assertThat(Objects.requireNonNull(hours.get(0).times().get(Phase.OPEN))
                        .p50()
                        .toMillis())
                .isBetween(58L, 62L);
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0).to()).isNull();
        assertThat(seen.get(1).firstReason()).isEqualTo(Reason.ofCode(1));
        assertThat(seen.get(1).reason()).isEqualTo(Reason.ofCode(2));
        assertThat(together)
                .singleElement()
                .satisfies(open -> assertThat(open.to()).isNull());
        assertThat(listed)
                .singleElement()
                .satisfies(item -> assertThat(item.state()).isEqualTo(RelayState.OFFLINE));
        assertThat(Objects.requireNonNull(detail).item().strip())
                .contains("1")
                .contains("3")
                .hasSize(96);
        assertThat(detail.regions().get(0).strip()).isEqualTo(detail.item().strip());
    }

    private static final RelayViews.Query LISTED =
            new RelayViews.Query("a.ex", null, null, null, null, null, RelayViews.Sort.SINCE, false, null, 50);

    /** Online, down for two reasons, online, and down until now, an hour between each. */
    private static final String STORED_BEFORE = """
            INSERT INTO regions (name) VALUES ('local');
            INSERT INTO relays (url, host, network, source) VALUES ('wss://a.example/', 'a.example', 0, 'test');
            CREATE TABLE relay_results_all PARTITION OF relay_results DEFAULT;
            INSERT INTO relay_results (relay_id, region, state, cycle, checked_at, open_stage, open_reason, read_reason,
                dns_us, tcp_us, tls_us, upgrade_us, read_us)
            SELECT r.id, 1, state, now() - hours * interval '1 hour', now() - hours * interval '1 hour', stage, reason,
                CASE WHEN state = 1 THEN 0 END, NULL, 10000, CASE WHEN state = 1 THEN 20000 END, 30000, 40000
            FROM relays r, (VALUES (5, 1, NULL, 0), (4, 3, 1, 1), (3, 3, 1, 2), (2, 1, NULL, 0), (1, 3, 1, 2))
                AS x (hours, state, stage, reason);
            INSERT INTO relay_current (relay_id, region, state, since, cycle, checked_at, stage, reason, report)
            SELECT id, 1, 3, now() - interval '1 hour', now() - interval '1 hour', now() - interval '1 hour', 1, 2, '%s'
            FROM relays;
            INSERT INTO relay_summary (relay_id, url, network, state, since, checked_at, stage, reason, search)
            SELECT id, url, network, 3, now() - interval '1 hour', now() - interval '1 hour', 1, 2, url FROM relays;
            """.formatted(
            ReportJson.write(Reports.offline("wss://a.example/").report()).encode());

    @Test
    void sayThatThePasswordIsWrongWithoutSayingThePassword() {
        String uri = POSTGRES.uri().replaceFirst(":[0-9a-f]+@", ":hunter2@");

        assertThatThrownBy(() -> Migrations.run(uri))
                .isInstanceOf(PostgresUnavailable.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("\n");
    }

    @Test
    void sayThatNobodyListens() {
        assertThatThrownBy(() -> Migrations.run("postgresql://u:hunter2@127.0.0.1:1/nowhere"))
                .isInstanceOf(PostgresUnavailable.class)
                .hasMessageContaining("u@127.0.0.1:1/nowhere")
                .hasMessageContaining("refused")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("\n");
    }

    @Test
    void sayThatTheUriIsNone() {
        assertThatThrownBy(() -> Migrations.run("mysql://u:hunter2@h"))
                .isInstanceOf(PostgresUnavailable.class)
                .hasMessageContaining("postgres.uri")
                .hasMessageNotContaining("hunter2");
    }
}

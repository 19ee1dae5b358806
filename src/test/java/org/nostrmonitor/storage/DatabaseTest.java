package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nostrmonitor.storage.Storage.await;
import static org.nostrmonitor.testing.Await.until;

import io.vertx.core.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseTest {
    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @Test
    void comesBackAfterItsConnectionsWereCut() {
        await(STORAGE.database().ping());
        STORAGE.postgres.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name = 'nostr-monitor' AND datname = current_database()");

        assertThat(until(this::answers, answers -> answers)).isTrue();
    }

    /** A call fails on a connection that was cut and has not yet been noticed by the pool. */
    private Future<Boolean> answers() {
        return STORAGE.database().ping().map(true).otherwise(false);
    }

    @Test
    void failsSoonWhenNobodyListens() {
        Database nowhere = Database.connect(STORAGE.vertx, "postgresql://u:p@127.0.0.1:1/d", 2);

        assertThatThrownBy(() -> await(nowhere.ping())).isInstanceOf(AssertionError.class);
        await(nowhere.close());
    }

    @Test
    void refusesWhatIsNoUri() {
        assertThatThrownBy(() -> Database.connect(STORAGE.vertx, "http://u:hunter2@h/", 2))
                .isInstanceOf(PostgresUnavailable.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void cutsOffAStatementThatTakesTooLong() {
        assertThat(await(STORAGE.database().run("SELECT current_setting('statement_timeout') AS it"))
                        .iterator()
                        .next()
                        .getString("it"))
                .isEqualTo("30s");
    }
}

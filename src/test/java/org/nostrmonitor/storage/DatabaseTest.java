package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nostrmonitor.storage.Storage.await;

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

        assertThat(await(pingUntilItAnswers(Database.DEFAULT_SIZE))).isNull();
    }

    /** Each connection that was cut may fail one call before the pool has noticed. */
    private static Future<Void> pingUntilItAnswers(int failuresLeft) {
        Future<Void> ping = STORAGE.database().ping();
        return failuresLeft == 0 ? ping : ping.recover(cut -> pingUntilItAnswers(failuresLeft - 1));
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

package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.testing.RealPostgres;

class MigrationsTest {
    @RegisterExtension
    static final RealPostgres POSTGRES = new RealPostgres();

    @Test
    void runAgainAndAgain() {
        assertThatCode(() -> Migrations.run(POSTGRES.uri())).doesNotThrowAnyException();
    }

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

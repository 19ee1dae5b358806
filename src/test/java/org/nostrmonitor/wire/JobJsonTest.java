package org.nostrmonitor.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;

class JobJsonTest {
    private static final CheckJob JOB = new CheckJob(
            RelayUrl.of("wss://relay.example/Path?q=1"),
            "eu",
            Instant.parse("2026-11-22T12:00:00Z"),
            Set.of(CheckType.OPEN, CheckType.NIP11),
            Map.of(CheckType.OPEN, Duration.ofSeconds(10), CheckType.NIP11, Duration.ofMillis(2500)),
            "ab".repeat(32),
            List.of(RelayUrl.of("wss://target.example/")),
            Priority.CONFIRMING,
            2);

    @Test
    void readsWhatItWrote() {
        assertThat(JobJson.read(new JsonObject(JobJson.write(JOB).encode()))).isEqualTo(JOB);
    }

    @Test
    void namesItsType() {
        assertThat(JobJson.write(JOB).getString("type")).isEqualTo("relay_check_job");
    }

    @Test
    void refusesAnotherType() {
        assertThatThrownBy(() -> JobJson.read(new JsonObject().put("type", "mail")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mail");
    }

    @Test
    void refusesTimesThatNoClockHas() {
        JsonObject job = JobJson.write(JOB).put("cycle", Long.MAX_VALUE);

        assertThatThrownBy(() -> JobJson.read(job)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAJobWithAFieldMissingOrMistyped() {
        for (String field : List.of("url", "region", "cycle", "timeoutsMs", "publishTo", "priority", "attempt")) {
            JsonObject without = JobJson.write(JOB);
            without.remove(field);
            assertThatThrownBy(() -> JobJson.read(without)).as(field).isInstanceOf(IllegalArgumentException.class);
            JsonObject mistyped =
                    JobJson.write(JOB).put(field, field.equals("region") ? null : new JsonObject().put("x", "y"));
            assertThatThrownBy(() -> JobJson.read(mistyped)).as(field).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

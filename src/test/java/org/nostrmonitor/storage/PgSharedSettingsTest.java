package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nostrmonitor.storage.Storage.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.SharedSettings.Shared;

class PgSharedSettingsTest {
    private static final Shared DEFAULT = Shared.of(MonitorConfig.DEFAULT);
    private static final Shared OTHER = new Shared(
            new MonitorConfig.Schedule("*/5 * * * *", Duration.ofHours(3)),
            DEFAULT.checks(),
            new MonitorConfig.Publish(List.of(RelayUrl.of("wss://a.example/"))),
            new MonitorConfig.RateLimits(0.5, 2, 3, 4, 5),
            new MonitorConfig.Retention(3, 30, 0));

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private static SharedSettings settings() {
        return new PgSharedSettings(STORAGE.database());
    }

    @Test
    void areOneNodesForAllNodes() {
        assertThat(await(settings().read(DEFAULT))).isEqualTo(DEFAULT);
        assertThat(await(settings().seed(OTHER))).isEqualTo(OTHER);
        assertThat(await(settings().read(DEFAULT))).isEqualTo(OTHER);
    }

    @Test
    void followAFileThatWasChanged() {
        await(settings().seed(DEFAULT));

        assertThat(await(settings().seed(OTHER))).isEqualTo(OTHER);
    }

    @Test
    void keepWhatWasChangedInThemWhileTheFileStaysAsItIs() {
        await(settings().seed(DEFAULT));
        STORAGE.postgres.execute("UPDATE monitor_config SET value = '{\"resultDays\": 99}' WHERE key = 'retention'");

        assertThat(await(settings().seed(DEFAULT)).retention().resultDays()).isEqualTo(99);
    }

    @Test
    void takeAMissingKeyFromTheNode() {
        await(settings().seed(OTHER));
        STORAGE.postgres.execute("DELETE FROM monitor_config WHERE key = 'schedule'");

        assertThat(await(settings().read(DEFAULT)).schedule()).isEqualTo(DEFAULT.schedule());
    }

    @Test
    void nameTheKeyThatCannotBeRead() {
        await(settings().seed(OTHER));
        STORAGE.postgres.execute("UPDATE monitor_config SET value = '{\"open\": 1}' WHERE key = 'checks'");

        assertThatThrownBy(() -> await(settings().read(DEFAULT))).hasMessageContaining("monitor_config.checks");
    }
}

package org.nostrmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.config.MonitorConfig;

class ClusterSettingsTest {
    private final Config config =
            ClusterSettings.of(new MonitorConfig.Cluster("10.0.0.1", 5701, List.of("10.0.0.2:5701", "node-c:5702")));

    @Test
    void joinsTheMembersNamedAndNobodyElse() {
        JoinConfig join = config.getNetworkConfig().getJoin();

        assertThat(join.getTcpIpConfig().isEnabled()).isTrue();
        assertThat(join.getTcpIpConfig().getMembers()).containsExactly("10.0.0.2:5701", "node-c:5702");
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.isAutoDetectionEnabled()).isFalse();
    }

    @Test
    void listensWhereItWasToldAndCallsNobody() {
        assertThat(config.getNetworkConfig().getPort()).isEqualTo(5701);
        assertThat(config.getNetworkConfig().isPortAutoIncrement()).isFalse();
        assertThat(config.getProperty("hazelcast.local.localAddress")).isEqualTo("10.0.0.1");
        assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
        assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
    }
}

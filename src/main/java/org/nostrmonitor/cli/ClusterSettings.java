package org.nostrmonitor.cli;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import com.hazelcast.config.NetworkConfig;
import org.nostrmonitor.config.MonitorConfig;

/** Hazelcast for the event bus between nodes: the members named, over TCP; nothing is searched for, nobody called. */
final class ClusterSettings {
    private ClusterSettings() {}

    static Config of(MonitorConfig.Cluster cluster) {
        Config config = new Config();
        config.setClusterName("nostr-monitor");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.logging.details.enabled", "false");
        // Vert.x leaves the cluster when it closes: a second hook would leave while verticles still work.
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.local.localAddress", cluster.host());
        config.setProperty("hazelcast.socket.bind.any", "false");
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(cluster.port()).setPortAutoIncrement(false);
        network.getRestApiConfig().setEnabled(false);
        network.getMemcacheProtocolConfig().setEnabled(false);
        join(network.getJoin(), cluster);
        // What vertx-hazelcast keeps its subscriptions in; its own default-cluster.xml says the same.
        config.addMultiMapConfig(
                new MultiMapConfig("__vertx.subs").setBackupCount(1).setValueCollectionType(ValueCollectionType.SET));
        return config;
    }

    private static void join(JoinConfig join, MonitorConfig.Cluster cluster) {
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        cluster.members().forEach(join.getTcpIpConfig()::addMember);
    }
}

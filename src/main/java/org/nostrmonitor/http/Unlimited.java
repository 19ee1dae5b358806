package org.nostrmonitor.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses that are not counted by site: this machine, and proxies that limit those behind them themselves. */
final class Unlimited {
    private final List<IpSubnetFilterRule> blocks;

    /** @param blocks in CIDR notation (RFC 4632), checked by the configuration */
    Unlimited(List<String> blocks) {
        this.blocks = blocks.stream()
                .map(block -> new IpSubnetFilterRule(block, IpFilterRuleType.ACCEPT))
                .toList();
    }

    boolean has(@Nullable SocketAddress remote) {
        InetAddress ip = Caller.ip(remote);
        if (ip == null) {
            return false;
        }
        InetSocketAddress address = new InetSocketAddress(ip, 0);
        return blocks.stream().anyMatch(block -> block.matches(address));
    }
}

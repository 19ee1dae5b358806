package org.nostrmonitor.probe;

import io.netty.channel.EventLoop;
import io.netty.resolver.dns.AuthoritativeDnsServerCache;
import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import java.net.InetSocketAddress;

/**
 * Keeps every look-up with the name servers that were chosen here. Netty would follow a referral: send a query to whatever address
 * an answer gives as that of another name server, our own network's among them, and believe it for all names below from then on.
 * It asks this cache where to go instead, and is always sent back.
 */
final class OwnNameServers implements AuthoritativeDnsServerCache {
    private final DnsServerAddressStreamProvider servers;

    OwnNameServers(DnsServerAddressStreamProvider servers) {
        this.servers = servers;
    }

    @Override
    public DnsServerAddressStream get(String hostname) {
        return servers.nameServerAddressStream(hostname);
    }

    @Override
    public void cache(String hostname, InetSocketAddress address, long originalTtl, EventLoop loop) {}

    @Override
    public void clear() {}

    @Override
    public boolean clear(String hostname) {
        return false;
    }
}

package org.nostrmonitor.probe;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DefaultDnsCache;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers of name servers for as long as they say, five minutes at most. Netty's own cache is bounded in time only, and a name may
 * have thousands of addresses: this one forgets everything when it has taken so many answers. Lives on one event loop.
 */
final class BoundedDnsCache implements DnsCache {
    static final int MAX_ANSWERS = 10_000;

    private static final int MAX_TTL_SECONDS = 300;
    private static final int NEGATIVE_TTL_SECONDS = 5;

    private final DefaultDnsCache answers = new DefaultDnsCache(0, MAX_TTL_SECONDS, NEGATIVE_TTL_SECONDS);
    private int taken;

    @Override
    public @Nullable List<? extends DnsCacheEntry> get(String hostname, DnsRecord[] additionals) {
        return answers.get(hostname, additionals);
    }

    @Override
    public DnsCacheEntry cache(
            String hostname, DnsRecord[] additionals, InetAddress address, long originalTtl, EventLoop loop) {
        makeRoom();
        return answers.cache(hostname, additionals, address, originalTtl, loop);
    }

    @Override
    public DnsCacheEntry cache(String hostname, DnsRecord[] additionals, Throwable cause, EventLoop loop) {
        makeRoom();
        return answers.cache(hostname, additionals, cause, loop);
    }

    private void makeRoom() {
        if (++taken > MAX_ANSWERS) {
            clear();
            taken = 1;
        }
    }

    @Override
    public void clear() {
        answers.clear();
    }

    @Override
    public boolean clear(String hostname) {
        return answers.clear(hostname);
    }
}

package org.nostrmonitor.http;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Who asks, as far as it can be told: by address. What a proxy says of others is not believed. */
final class Caller {
    private static final int BYTES_OF_A_SITE = 8;

    private Caller() {}

    /** For the log. */
    static String address(@Nullable SocketAddress remote) {
        String host = remote == null ? null : remote.hostAddress();
        return host == null ? "an unknown address" : host;
    }

    /** What counts as one: an address of IPv4, a /64 of IPv6, which one site has for itself (RFC 6177). */
    static String site(@Nullable SocketAddress remote) {
        InetAddress ip = ip(remote);
        if (ip instanceof Inet6Address) {
            byte[] bytes = ip.getAddress();
            StringBuilder prefix = new StringBuilder();
            for (int i = 0; i < BYTES_OF_A_SITE; i++) {
                prefix.append(Integer.toHexString(bytes[i] & 0xff)).append(':');
            }
            return prefix.toString();
        }
        return address(remote);
    }

    /** Null if it is none, such as that of a Unix socket. */
    static @Nullable InetAddress ip(@Nullable SocketAddress remote) {
        String host = remote == null ? null : remote.hostAddress();
        return host == null ? null : NetUtil.createInetAddressFromIpAddressString(host);
    }
}

package org.nostrmonitor.probe;

import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** Tells whose fault it is that a TCP connect failed: the relay's, or our own machine's. */
final class ConnectFailure {
    private ConnectFailure() {}

    /**
     * A {@link Fault} for what is measured; the failure itself if this machine could not try.
     *
     * @param address null for a proxy's
     */
    static Throwable judge(Throwable failure, @Nullable InetAddress address) {
        if (address == null) {
            return SocksReply.proxy("the proxy does not answer: " + failure);
        }
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof BindException || failure instanceof UnsupportedAddressTypeException) {
            return address instanceof Inet4Address ? failure : withoutIpv6();
        }
        if (isTimeout(failure) || message.contains("timed out")) {
            return new Fault(Stage.TCP, Reason.TCP_TIMEOUT, "");
        }
        if (failure instanceof NoRouteToHostException || message.contains("unreachable")) {
            return Routes.exists(address)
                    ? Fault.of(Stage.TCP, Reason.TCP_UNREACHABLE, failure)
                    : withoutRoute(failure);
        }
        if (failure instanceof ConnectException) {
            return Fault.of(Stage.TCP, Reason.TCP_REFUSED, failure);
        }
        boolean reset = failure instanceof SocketException && message.contains("reset");
        return reset ? Fault.of(Stage.TCP, Reason.TCP_RESET, failure) : failure;
    }

    /** Nobody answered in time: the relay, or the proxy that was to lead there. */
    static Fault late(Destination destination) {
        return destination.proxy() == null
                ? new Fault(Stage.TCP, Reason.TCP_TIMEOUT, "")
                : SocksReply.proxy("the proxy does not answer");
    }

    /** Netty's connect timeout is a ConnectException by type; Vert.x's message is its own. */
    private static boolean isTimeout(Throwable failure) {
        return failure instanceof io.netty.channel.ConnectTimeoutException || failure instanceof SocketTimeoutException;
    }

    private static Fault withoutIpv6() {
        return new Fault(new NotTested(Reason.NO_ROUTE, "this machine has no IPv6"));
    }

    /** The kernel knew so without asking anybody: no packet was sent. */
    private static Fault withoutRoute(Throwable failure) {
        return new Fault(new NotTested(Reason.NO_ROUTE, Evidence.bounded(String.valueOf(failure.getMessage()))));
    }
}

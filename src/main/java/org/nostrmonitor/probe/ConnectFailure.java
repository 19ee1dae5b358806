package org.nostrmonitor.probe;

import io.netty.handler.proxy.ProxyConnectException;
import io.vertx.core.net.ProxyOptions;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** Tells whose fault it is that a TCP connect failed: the relay's, or our own machine's. */
final class ConnectFailure {
    private ConnectFailure() {}

    /** A {@link Fault} for what is measured; the failure itself if this machine could not try. */
    static Throwable judge(Throwable failure, @Nullable ProxyOptions proxy, @Nullable InetAddress address) {
        if (proxy != null) {
            return ofProxy(failure);
        }
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof BindException) {
            return address instanceof Inet4Address ? failure : Fault.of(Stage.TCP, Reason.TCP_UNREACHABLE, failure);
        }
        if (isTimeout(failure) || message.contains("timed out")) {
            return new Fault(Stage.TCP, Reason.TCP_TIMEOUT, "");
        }
        if (failure instanceof NoRouteToHostException || message.contains("unreachable")) {
            return Fault.of(Stage.TCP, Reason.TCP_UNREACHABLE, failure);
        }
        if (failure instanceof ConnectException) {
            return Fault.of(Stage.TCP, Reason.TCP_REFUSED, failure);
        }
        boolean reset = failure instanceof SocketException && message.contains("reset");
        return reset ? Fault.of(Stage.TCP, Reason.TCP_RESET, failure) : failure;
    }

    /** Netty's connect timeout is a ConnectException by type; Vert.x's message is its own. */
    private static boolean isTimeout(Throwable failure) {
        return failure instanceof io.netty.channel.ConnectTimeoutException || failure instanceof SocketTimeoutException;
    }

    private static Throwable ofProxy(Throwable failure) {
        if (failure instanceof ProxyConnectException refused) {
            boolean late = String.valueOf(refused.getMessage()).contains("timeout");
            return late
                    ? new Fault(Stage.TCP, Reason.TCP_TIMEOUT, "through the proxy")
                    : Fault.of(Stage.TCP, Reason.PROXY_FAILED, refused);
        }
        return new Fault(new NotTested(Reason.NO_PROXY, Evidence.bounded("the proxy does not answer: " + failure)));
    }
}

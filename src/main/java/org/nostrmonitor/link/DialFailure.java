package org.nostrmonitor.link;

import io.netty.handler.proxy.ProxyConnectException;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why a target cannot be reached, in words that an operator can act on. */
public final class DialFailure {
    private static final int MOST_CAUSES = 10;

    private DialFailure() {}

    public static String describe(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            String told = told(cause);
            if (!told.isEmpty()) {
                return told;
            }
            cause = cause.getCause();
        }
        return secure(failure) ? "TLS fails: " + message(failure) : message(failure);
    }

    private static String told(Throwable cause) {
        if (cause instanceof CertificateExpiredException) {
            return "its TLS certificate has expired";
        }
        if (cause instanceof CertificateNotYetValidException) {
            return "its TLS certificate is not valid yet";
        }
        if (cause instanceof CertPathBuilderException) {
            return "its TLS certificate is of no authority that this Java trusts";
        }
        if (cause instanceof UpgradeRejectedException refused) {
            return "it answers with HTTP " + refused.getStatus() + " instead of a WebSocket";
        }
        if (cause instanceof UnknownHostException) {
            return "its name cannot be resolved";
        }
        if (cause instanceof TimeoutException) {
            return "it does not answer in time";
        }
        if (cause instanceof ProxyConnectException) {
            return "the proxy does not lead to it: " + message(cause);
        }
        String message = message(cause);
        return message.contains("No subject alternative") || message.contains("No name matching")
                ? "its TLS certificate is for another host"
                : "";
    }

    private static boolean secure(Throwable failure) {
        return failure instanceof SSLException;
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}

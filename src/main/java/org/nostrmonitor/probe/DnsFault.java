package org.nostrmonitor.probe;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.net.UnknownHostException;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** What a look-up without an answer means. */
final class DnsFault {
    private DnsFault() {}

    /** Of one family. */
    static Fault of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DnsNameResolverTimeoutException) {
                return new Fault(Stage.DNS, Reason.DNS_TIMEOUT, "");
            }
            if (cause instanceof DnsErrorCauseException error) {
                return Fault.of(Stage.DNS, reason(error.getCode()), error);
            }
        }
        return Fault.of(
                Stage.DNS,
                failure instanceof UnknownHostException ? Reason.DNS_NO_ADDRESS : Reason.DNS_SERVER_FAILURE,
                failure);
    }

    private static Reason reason(DnsResponseCode code) {
        if (code.equals(DnsResponseCode.NXDOMAIN)) {
            return Reason.DNS_NOT_FOUND;
        }
        return code.equals(DnsResponseCode.NOERROR) ? Reason.DNS_NO_ADDRESS : Reason.DNS_SERVER_FAILURE;
    }

    /** Of both: "there is no such name" holds for either, "it has no address" only if both say so. */
    static Throwable ofBoth(Throwable ipv4, Throwable ipv6) {
        if (isFor(Reason.DNS_NOT_FOUND, ipv6)) {
            return ipv6;
        }
        return isFor(Reason.DNS_NO_ADDRESS, ipv4) ? ipv6 : ipv4;
    }

    private static boolean isFor(Reason reason, Throwable failure) {
        return failure instanceof Fault fault && fault.outcome().reason() == reason;
    }
}

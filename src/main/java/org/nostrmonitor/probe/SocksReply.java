package org.nostrmonitor.probe;

import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** What a SOCKS5 proxy's answer other than yes says, and of whom: of the relay, or of the proxy itself. */
final class SocksReply {
    private SocksReply() {}

    /** @param code not zero: RFC 1928 §6, or one of Tor's {@code ExtendedErrors} (from 0xF0) */
    static Fault fault(int code) {
        return switch (code) {
            case 0x01 -> ours("general failure");
            case 0x02 -> ours("not allowed by its rules");
            case 0x03 -> ours("it has no network");
            case 0x04 -> relay("host unreachable");
            case 0x05 -> relay("connection refused");
            case 0x06 -> relay("no answer in time");
            case 0x07 -> ours("it does not know the command");
            case 0x08 -> ours("it does not take names");
            case 0xf0 -> relay("the onion service has no descriptor");
            case 0xf1 -> relay("the onion service's descriptor is invalid");
            case 0xf2 -> relay("no introduction to the onion service");
            case 0xf3 -> relay("no rendezvous with the onion service");
            case 0xf4 -> ours("the onion service asks for a key that it does not have");
            case 0xf5 -> ours("the onion service refuses its key");
            case 0xf6 -> relay("the onion address is invalid");
            case 0xf7 -> relay("no introduction to the onion service in time");
            default -> ours("reply " + code);
        };
    }

    private static Fault relay(String words) {
        return new Fault(Stage.TCP, Reason.PROXY_FAILED, "the proxy says: " + words);
    }

    private static Fault ours(String words) {
        return proxy("the proxy says: " + words);
    }

    /** The proxy did not do its part: nothing was found out about the relay. */
    static Fault proxy(String what) {
        return new Fault(new NotTested(Reason.PROXY_UNUSABLE, Evidence.bounded(what)));
    }
}

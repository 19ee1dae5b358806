package org.nostrmonitor.http.view;

import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Explanation;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

/**
 * What was seen in one phase.
 *
 * @param text in our words
 * @param mono what follows them as it was on the wire, such as an address, or null
 * @param code the reason's label, or null
 * @param said what the relay wrote, or null
 */
public record Evidence(
        boolean failed,
        String text,
        @Nullable String mono,
        @Nullable String code,
        @Nullable Said said) {

    static Evidence of(Stage stage, CheckReport report) {
        return switch (stage) {
            case DNS, TCP, TLS, UPGRADE -> connecting(stage, report);
            case READ -> asked(report.read(), "answered");
            case WRITE -> asked(report.write(), "accepted");
            case NIP11 -> document(report);
        };
    }

    private static Evidence connecting(Stage stage, CheckReport report) {
        Outcome open = report.open();
        if (open instanceof Outcome.Failed failed) {
            if (failed.stage() == stage) {
                return failure(failed);
            }
            return failed.stage().compareTo(stage) < 0 ? plain("not reached") : passed(stage, report);
        }
        return open.tested() ? passed(stage, report) : plain(Explanation.of(open));
    }

    private static Evidence passed(Stage stage, CheckReport report) {
        RelayUrl url = report.relay();
        String address = report.address();
        boolean timed = report.phases().of(stage) != null;
        return switch (stage) {
            case DNS -> {
                if (timed) {
                    yield address == null ? plain("the name resolves") : with("resolves, we took", address);
                }
                yield plain(url.network() == Network.CLEARNET ? "nothing to look up" : "left to the proxy");
            }
            case TCP ->
                address == null
                        ? plain("connected")
                        : with(
                                "connected to",
                                (address.indexOf(':') >= 0 ? "[" + address + "]:" : address + ":") + url.port());
            case TLS -> plain(url.secure() ? "certificate accepted" : "none: the address is ws://");
            default -> plain("a WebSocket was opened");
        };
    }

    private static Evidence asked(Outcome outcome, String yes) {
        if (outcome instanceof Outcome.Failed failed) {
            return failure(failed);
        }
        Reason reason = outcome.reason();
        if (outcome instanceof Outcome.Refused refused) {
            return new Evidence(
                    false, "refused: " + Explanation.of(outcome), null, label(reason), said(refused.said()));
        }
        return outcome.passed()
                ? new Evidence(false, yes, null, null, said(outcome.evidence()))
                : plain(Explanation.of(outcome));
    }

    private static Evidence document(CheckReport report) {
        Outcome nip11 = report.nip11();
        if (nip11 instanceof Outcome.Failed failed) {
            return failure(failed);
        }
        return plain(nip11.passed() ? "a JSON document" : Explanation.of(nip11));
    }

    private static Evidence failure(Outcome.Failed failed) {
        boolean status = failed.reason() == Reason.UPGRADE_STATUS || failed.reason() == Reason.HTTP_STATUS;
        return new Evidence(
                true, Explanation.of(failed), null, failed.reason().label(), status ? null : said(failed.detail()));
    }

    private static Evidence plain(String text) {
        return new Evidence(false, text, null, null, null);
    }

    private static Evidence with(String text, String mono) {
        return new Evidence(false, text, mono, null, null);
    }

    private static @Nullable String label(@Nullable Reason reason) {
        return reason == null ? null : reason.label();
    }

    private static @Nullable Said said(String written) {
        return written.isBlank() ? null : Said.of(written);
    }
}

package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.nostr.Nip11.Limitation;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Explanation;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Requirement;

/**
 * What the relay says of itself beside what was seen.
 *
 * @param nips the NIPs it claims
 */
public record Claims(List<Row> rows, List<Nip> nips) {
    /** As NIP-11 has it. */
    private static final String POW_LIMIT = "min_pow_difficulty";

    public Claims {
        rows = List.copyOf(rows);
        nips = List.copyOf(nips);
    }

    /**
     * @param claimed null if it says nothing
     * @param observed in our words, or null if it was not seen
     */
    public record Row(
            String subject,
            @Nullable Said claimed,
            @Nullable String observed,
            @Nullable ResultMark verdict) {}

    public record Nip(int number, @Nullable String title, String href) {}

    /**
     * @param document as received, or null if none was; one that cannot be read claims nothing
     * @param known what was seen so far, not only in the latest check
     */
    static Claims of(@Nullable String document, @Nullable CheckReport report, Known known) {
        Nip11 nip11 = parsed(document);
        List<Row> rows = new ArrayList<>();
        if (nip11 != null) {
            said(rows, "Name", nip11.name());
            said(rows, "Description", nip11.description());
            said(rows, "Software", together(nip11.software(), nip11.version()));
        }
        Limitation limits = nip11 == null ? Limitation.NONE : nip11.limitation();
        Map<Requirement, Boolean> observed = known.observed();
        rows.add(row("AUTH", limits.authRequired(), observed.get(Requirement.AUTH)));
        rows.add(row("Payment", limits.paymentRequired(), observed.get(Requirement.PAYMENT)));
        rows.add(row("Writes restricted", limits.restrictedWrites(), observed.get(Requirement.WRITES)));
        rows.add(work(
                limits.minPowDifficulty(),
                observed.get(Requirement.POW),
                known.limits().get(POW_LIMIT)));
        if (report != null) {
            rows.add(new Row("Write", null, write(report.write()), null));
        }
        if (nip11 != null) {
            number(rows, "Message limit", limits.maxMessageLength(), "bytes");
            number(rows, "Subscriptions", limits.maxSubscriptions(), "at most");
            number(rows, "Limit of a REQ", limits.maxLimit(), "events");
            said(rows, "Languages", joined(nip11.languageTags()));
            said(rows, "Countries", joined(nip11.relayCountries()));
            said(rows, "Topics", joined(nip11.tags()));
            said(rows, "Owner’s key", nip11.pubkey());
            said(rows, "Contact", nip11.contact());
        }
        return new Claims(rows, nip11 == null ? List.of() : nips(nip11.supportedNips()));
    }

    static @Nullable Nip11 parsed(@Nullable String document) {
        if (document == null) {
            return null;
        }
        try {
            return Nip11.parse(document);
        } catch (ProtocolException e) {
            return null;
        }
    }

    private static void said(List<Row> rows, String subject, @Nullable String claimed) {
        if (claimed != null && !claimed.isBlank()) {
            rows.add(new Row(subject, Said.of(claimed), null, null));
        }
    }

    private static void number(List<Row> rows, String subject, @Nullable Integer claimed, String unit) {
        if (claimed != null) {
            rows.add(new Row(subject, Said.of(Numbers.count(claimed) + " " + unit), null, null));
        }
    }

    private static Row row(String subject, @Nullable Boolean claimed, @Nullable Boolean observed) {
        Said said = claimed == null ? null : Said.of(claimed ? "needed" : "not needed");
        String seen = observed == null ? null : observed ? "asked for" : "not asked for";
        return new Row(subject, said, seen, verdict(claimed, observed));
    }

    /** @param bits that it asked for, or null if it did not say how many */
    private static Row work(@Nullable Integer claimed, @Nullable Boolean asked, @Nullable Integer bits) {
        Row row = row("Proof of work", claimed == null ? null : claimed > 0, asked);
        boolean counted = Boolean.TRUE.equals(asked) && bits != null;
        ResultMark verdict = counted && claimed != null && claimed > 0 && !claimed.equals(bits)
                ? ResultMark.no("differs")
                : row.verdict();
        return new Row(
                row.subject(),
                claimed != null && claimed > 0 ? Said.of("needed, " + claimed + " bits") : row.claimed(),
                counted ? "asked for, " + bits + " bits" : row.observed(),
                verdict);
    }

    private static @Nullable ResultMark verdict(@Nullable Boolean claimed, @Nullable Boolean observed) {
        if (observed == null) {
            return ResultMark.neither("not seen");
        }
        if (claimed == null) {
            return null;
        }
        return claimed.equals(observed) ? ResultMark.yes("agrees") : ResultMark.no("differs");
    }

    private static String write(Outcome write) {
        if (write.passed()) {
            return "our event was accepted";
        }
        return (write.tested() ? "" : "not tested this time: ") + Explanation.of(write);
    }

    private static @Nullable String together(@Nullable String software, @Nullable String version) {
        if (software == null) {
            return version;
        }
        return version == null ? software : software + " " + version;
    }

    private static @Nullable String joined(List<String> values) {
        return values.isEmpty() ? null : String.join(", ", values);
    }

    private static List<Nip> nips(List<Integer> numbers) {
        return numbers.stream()
                .map(n -> new Nip(n, Nips.title(n.toString()), "/relays?nip=" + n))
                .toList();
    }
}

package org.nostrmonitor.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.DirectoryTable.Column;
import org.nostrmonitor.storage.RelayViews.Aliases;
import org.nostrmonitor.storage.RelayViews.Query;

/** The conditions of a list, of which what takes longer is looked at later. */
final class ListFilter {
    private final DirectoryTable table;
    private final List<Condition> more = new ArrayList<>();
    private final boolean anyWhere;
    private long asked;
    private long wanted;
    private long leastUptime;
    private long nips;

    ListFilter(Query query, DirectoryTable table) {
        this.table = table;
        Narrowing narrowing = query.narrowing();
        anyWhere = query.aliases() == Aliases.ALL;
        want(Packed.WHERE, query.aliases() == Aliases.ONLY ? Listed.ALIAS : Listed.RELAY, !anyWhere);
        want(Packed.STATE, query.state() == null ? 0 : query.state().code(), query.state() != null);
        want(Packed.NETWORK, Packed.of(query.network()), query.network() != null);
        want(Packed.WRITABLE, query.writable());
        want(Packed.AUTH, narrowing.auth());
        want(Packed.PAYMENT, narrowing.payment());
        want(Packed.POW, narrowing.pow());
        want(Packed.RESTRICTED, narrowing.restricted());
        want(Packed.COUNTRY, Packed.of(narrowing.country()), narrowing.country() != null);
        if (narrowing.leastUptime() != null) {
            leastUptime = (long) Math.ceil(narrowing.leastUptime() * 10_000 - 1e-6) + 1;
        }
        numbers(narrowing);
        claims(query);
        near(narrowing.near());
        text(query.text());
    }

    /** Of the relay at a place. */
    private interface Condition {
        boolean fits(int place);
    }

    boolean fits(int place) {
        long traits = table.traits(place);
        if ((traits & asked) != wanted
                || (anyWhere && Packed.WHERE.from(traits) == Listed.DISABLED)
                || Packed.UPTIME.from(traits) < leastUptime
                || (table.nips(place) & nips) != nips) {
            return false;
        }
        for (Condition condition : more) {
            if (!condition.fits(place)) {
                return false;
            }
        }
        return true;
    }

    private void want(Packed field, @Nullable Boolean value) {
        want(field, Packed.of(value), value != null);
    }

    private void want(Packed field, long value, boolean given) {
        if (given) {
            asked |= field.mask();
            wanted |= field.in(value);
        }
    }

    private void numbers(Narrowing narrowing) {
        Long asn = narrowing.asn();
        if (asn != null) {
            long[] numbers = table.numbers(Column.ASN);
            more.add(place -> numbers[place] == asn);
        }
        Duration open = narrowing.mostOpen();
        if (open != null) {
            long most = open.toNanos() / 1_000;
            long[] times = table.numbers(Column.OPEN);
            more.add(place -> {
                long micros = times[place];
                return micros != Listed.NONE && micros <= most;
            });
        }
        Instant since = narrowing.addedSince();
        if (since != null) {
            long micros = ChronoUnit.MICROS.between(
                    Instant.EPOCH, since.plusNanos(999).truncatedTo(ChronoUnit.MICROS));
            long[] times = table.numbers(Column.ADDED);
            more.add(place -> times[place] >= micros);
        }
    }

    private void claims(Query query) {
        List<Integer> claimed = new ArrayList<>(query.narrowing().nips());
        if (query.nip() != null) {
            claimed.add(query.nip());
        }
        nips = Packed.nips(claimed);
        List<Integer> high = claimed.stream().filter(nip -> !Packed.isLow(nip)).toList();
        if (!high.isEmpty()) {
            row(relay -> relay.nips().containsAll(high));
        }
        List<String> tags = query.narrowing().tags();
        if (!tags.isEmpty()) {
            row(relay -> relay.tags().containsAll(tags));
        }
        String software = query.software();
        if (software != null) {
            row(relay -> software.equals(relay.toldSoftware()));
        }
    }

    private void near(@Nullable Near near) {
        if (near != null) {
            Near.Box box = near.box();
            long[] lats = table.numbers(Column.LATITUDE);
            long[] lons = table.numbers(Column.LONGITUDE);
            more.add(place -> {
                double lat = Double.longBitsToDouble(lats[place]);
                double lon = Double.longBitsToDouble(lons[place]);
                return box.has(lat, lon) && near.has(lat, lon);
            });
        }
    }

    /** What a person typed is looked for anywhere in the words, but the begin of an address in addresses alone. */
    private void text(String typed) {
        String text = typed.strip().replace("\0", "").toLowerCase(Locale.ROOT);
        if (text.startsWith("wss://") || text.startsWith("ws://")) {
            more.add(table.beginning(text)::get);
        } else if (!text.isEmpty()) {
            more.add(table.having(text)::get);
        }
    }

    private void row(Predicate<Listed> condition) {
        more.add(place -> condition.test(table.row(place)));
    }
}

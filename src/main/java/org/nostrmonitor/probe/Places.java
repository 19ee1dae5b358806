package org.nostrmonitor.probe;

import com.maxmind.db.CHMCache;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Reader;
import com.maxmind.db.Reader.FileMode;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.relay.Place;

/**
 * Where addresses are, as the MaxMind DB files of the config have it. All of them is in memory; may be used by any thread.
 *
 * <p>An address whose network is not known, and one of a network whose addresses are in many places, is nowhere: the files have
 * a country for it all the same, which is that of an office.
 */
final class Places {
    static final Places UNKNOWN = new Places(List.of(), Set.of());

    private static final int RECORDS_TO_JUDGE_BY = 100;

    private final List<Reader> files;
    private final Set<Long> anycast;

    private Places(List<Reader> files, Set<Long> anycast) {
        this.files = List.copyOf(files);
        this.anycast = Set.copyOf(anycast);
    }

    /**
     * Reads the files. Blocks.
     *
     * @throws StartFailure if one cannot be read, or none of them knows networks
     */
    static Places of(MonitorConfig.Geo geo) {
        if (geo.files().isEmpty()) {
            return UNKNOWN;
        }
        List<Reader> readers = new ArrayList<>();
        for (Path file : geo.files()) {
            readers.add(read(file));
        }
        if (readers.stream().noneMatch(Places::knowsNetworks)) {
            throw new StartFailure(
                    "geo.files: no file has the networks of addresses (ASN): without one, an address that is in"
                            + " many places cannot be told from one that is in one");
        }
        return new Places(readers, Set.copyOf(geo.anycastAsns()));
    }

    private static Reader read(Path file) {
        try {
            return new Reader(file.toFile(), FileMode.MEMORY, new CHMCache());
        } catch (IOException | RuntimeException e) {
            throw new StartFailure("geo.files: " + file + " cannot be read as a MaxMind DB file: " + e.getMessage(), e);
        }
    }

    private static boolean knowsNetworks(Reader file) {
        try {
            var records = file.networks(Map.class);
            for (int i = 0; i < RECORDS_TO_JUDGE_BY && records.hasNext(); i++) {
                if (new GeoRecord(records.next().data()).asn() != null) {
                    return true;
                }
            }
            return false;
        } catch (IOException | InvalidNetworkException | RuntimeException e) {
            throw new StartFailure("geo.files: a file is damaged: " + e.getMessage(), e);
        }
    }

    /** Null if nothing is known. Well under a millisecond. */
    @Nullable
    Place of(InetAddress address) {
        List<GeoRecord> records =
                files.stream().flatMap(file -> record(file, address)).toList();
        Long asn = first(records.stream().map(GeoRecord::asn));
        if (asn == null) {
            return null;
        }
        String asName = first(records.stream().map(GeoRecord::asName));
        if (anycast.contains(asn) || records.stream().anyMatch(GeoRecord::isAnycast)) {
            return new Place(null, null, null, asn, asName, true);
        }
        GeoRecord best = best(records);
        return best == null
                ? new Place(null, null, null, asn, asName, false)
                : new Place(best.country(), best.city(), best.geohash(), asn, asName, false);
    }

    /** Country and city come from one file: two may disagree. */
    private static @Nullable GeoRecord best(List<GeoRecord> records) {
        return Stream.concat(
                        records.stream().filter(record -> record.city() != null),
                        records.stream().filter(record -> record.country() != null))
                .findFirst()
                .orElse(null);
    }

    /** A record that cannot be decoded is as good as none: the file was whole when it was opened. */
    private static Stream<GeoRecord> record(Reader file, InetAddress address) {
        try {
            Map<?, ?> fields = file.get(address, Map.class);
            return fields == null ? Stream.empty() : Stream.of(new GeoRecord(fields));
        } catch (IOException | RuntimeException e) {
            return Stream.empty();
        }
    }

    private static <T> @Nullable T first(Stream<@Nullable T> values) {
        return values.filter(Objects::nonNull).findFirst().orElse(null);
    }
}

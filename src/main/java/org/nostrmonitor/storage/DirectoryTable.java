package org.nostrmonitor.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The relays of the {@link Directory} in columns. What most lists filter and sort by stands apart from the rows: to look through a
 * hundred thousand numbers that lie side by side takes a tenth of a millisecond, through as many objects ten.
 *
 * <p>A relay has a place, from 0 up to {@link #size}. Places are nearly in the order of ids; one of them is given to another relay
 * when a relay is removed. Not safe while somebody writes.
 */
final class DirectoryTable {
    private static final int FIRST_ROOM = 1_024;

    private final Map<Integer, Integer> places = new HashMap<>();
    private final SearchTexts texts = new SearchTexts();
    private final UrlOrder urls = new UrlOrder();
    private int size;
    private Listed[] rows = new Listed[FIRST_ROOM];
    private int[] ids = new int[FIRST_ROOM];
    private long[] traits = new long[FIRST_ROOM];
    private long[] nips = new long[FIRST_ROOM];
    private final Map<Column, long[]> numbers = new EnumMap<>(Column.class);
    private final List<Listed> added = new ArrayList<>();
    private boolean isRemoved;

    /** Of numbers; {@link Listed#NONE} where one is not known. */
    enum Column {
        /** The place in the order of URLs. */
        URL,
        SINCE,
        CHECKED,
        ADDED,
        OPEN,
        READ,
        WRITE,
        ASN,

        /** The bits of a double, of degrees; not a number where it is not known. */
        LATITUDE,
        LONGITUDE;

        private long of(Listed relay) {
            return switch (this) {
                case URL -> Listed.NONE;
                case SINCE -> relay.since();
                case CHECKED -> relay.checkedAt();
                case ADDED -> relay.addedAt();
                case OPEN -> relay.open();
                case READ -> relay.read();
                case WRITE -> relay.write();
                case ASN -> relay.asn();
                case LATITUDE -> Double.doubleToRawLongBits(relay.lat());
                case LONGITUDE -> Double.doubleToRawLongBits(relay.lon());
            };
        }
    }

    DirectoryTable() {
        for (Column column : Column.values()) {
            numbers.put(column, new long[FIRST_ROOM]);
        }
    }

    int size() {
        return size;
    }

    Listed row(int place) {
        return rows[place];
    }

    int id(int place) {
        return ids[place];
    }

    /** See {@link Packed#traits}. */
    long traits(int place) {
        return traits[place];
    }

    /** See {@link Packed#nips}. */
    long nips(int place) {
        return nips[place];
    }

    /** By place, up to {@link #size}. Not to be written to, nor kept. */
    long[] numbers(Column which) {
        return Objects.requireNonNull(numbers.get(which));
    }

    /** What {@link Column#URL} is for this URL, or would be. */
    long numberOf(String url) {
        return urls.number(url);
    }

    /** The places of the relays that have this anywhere in their words; in small letters, not empty. */
    BitSet having(String text) {
        return texts.having(text);
    }

    /** The places of the relays whose URL begins with this; in small letters. */
    BitSet beginning(String text) {
        return texts.beginning(text);
    }

    /** Adds relays, or puts them instead of those with the same id; then takes some out. */
    void change(Collection<Listed> written, Collection<Integer> removed) {
        written.forEach(this::put);
        removed.forEach(this::remove);
        texts.settle(size);
        if (isRemoved || !added.isEmpty()) {
            urls.settle(added, places, numbers(Column.URL));
            added.clear();
            isRemoved = false;
        }
    }

    private void put(Listed relay) {
        Integer known = places.putIfAbsent(relay.id(), size);
        if (known == null) {
            makeRoom();
            added.add(relay);
            put(size++, relay);
        } else {
            put(known, relay);
        }
    }

    private void put(int place, Listed relay) {
        ids[place] = relay.id();
        rows[place] = relay;
        traits[place] = Packed.traits(relay);
        nips[place] = Packed.nips(relay.nips());
        texts.put(place, relay.search());
        for (Column column : Column.values()) {
            if (column != Column.URL) {
                numbers(column)[place] = column.of(relay);
            }
        }
    }

    /** The last one comes to its place. */
    private void remove(int relayId) {
        Integer place = places.remove(relayId);
        if (place == null) {
            return;
        }
        isRemoved = true;
        size--;
        Listed last = rows[size];
        rows[size] = null;
        if (place < size) {
            places.put(last.id(), place);
            put(place, last);
        }
    }

    private void makeRoom() {
        if (size < rows.length) {
            return;
        }
        int room = size + size / 2;
        rows = Arrays.copyOf(rows, room);
        ids = Arrays.copyOf(ids, room);
        traits = Arrays.copyOf(traits, room);
        nips = Arrays.copyOf(nips, room);
        numbers.replaceAll((column, values) -> Arrays.copyOf(values, room));
    }
}

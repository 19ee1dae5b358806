package org.nostrmonitor.storage;

import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.PlainText;
import org.nostrmonitor.storage.DirectoryTable.Column;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;
import org.nostrmonitor.storage.RelayViews.Sort;

/**
 * What a list is sorted by. Relays that have no such value come last, whichever way it goes, in the order of their ids. The value
 * of a relay as text stands in cursors, which strangers send back.
 */
abstract class SortKey {
    private static final int NAME_LENGTH = 64;

    /** The end of the year 9999 in microseconds. Times end there, and no number of ours is larger. */
    private static final long MAX_NUMBER = 253_402_300_799_000_000L;

    private static final int MAX_TEXT = 1100;

    /**
     * Where a relay stands.
     *
     * @param text null if it has no such value, or that is a number
     * @param number {@link Listed#NONE} likewise
     */
    record Place(@Nullable String text, long number, int relayId) {
        boolean isKnown() {
            return text != null || number != Listed.NONE;
        }
    }

    /** Of the relay that has a place in the table. */
    private interface NumberOf {
        long get(int place);
    }

    /** Of the relay that has a place in the table. */
    private interface TextOf {
        @Nullable
        String get(int place);
    }

    /** Where the relay with this place in the table stands. */
    abstract Place place(int place, int relayId);

    /** The value of the relay with this place in the table; null if it has none. */
    abstract @Nullable String write(int place);

    /** @throws InvalidCursor if the text is no such value */
    abstract Place read(String value, int relayId);

    /**
     * Behind those that have a value.
     *
     * @throws InvalidCursor if all have one
     */
    abstract Place readNone(int relayId);

    static SortKey of(Sort sort, DirectoryTable table) {
        return switch (sort) {
            case URL -> new Urls(table);
            case NAME -> new Texts(place -> name(table.row(place)));
            case STATE -> packed(Packed.STATE, table, false);
            case NETWORK -> packed(Packed.NETWORK, table, true);
            case SINCE -> numbers(Column.SINCE, table, true);
            case CHECKED -> numbers(Column.CHECKED, table, false);
            case ADDED -> numbers(Column.ADDED, table, true);
            case OPEN -> numbers(Column.OPEN, table, false);
            case READ -> numbers(Column.READ, table, false);
            case WRITE -> numbers(Column.WRITE, table, false);
            case WRITABLE -> packed(Packed.WRITABLE, table, false);
            case SOFTWARE -> new Texts(place -> table.row(place).toldSoftware());
            case COUNTRY -> new Texts(place -> table.row(place).country());
            case ASN -> numbers(Column.ASN, table, false);
            case UPTIME -> packed(Packed.UPTIME, table, false);
        };
    }

    private static SortKey numbers(Column which, DirectoryTable table, boolean complete) {
        long[] numbers = table.numbers(which);
        return new Numbers(place -> numbers[place], complete);
    }

    private static SortKey packed(Packed field, DirectoryTable table, boolean complete) {
        return new Numbers(
                place -> {
                    long value = field.from(table.traits(place));
                    return value == 0 ? Listed.NONE : value;
                },
                complete);
    }

    private static @Nullable String name(Listed relay) {
        String name = relay.name();
        return name == null ? null : PlainText.storable(name, NAME_LENGTH).toLowerCase(Locale.ROOT);
    }

    static Comparator<Place> order(boolean descending) {
        return descending ? (one, other) -> compare(one, other, -1) : (one, other) -> compare(one, other, 1);
    }

    private static int compare(Place one, Place other, int way) {
        boolean known = one.isKnown();
        if (known != other.isKnown()) {
            return known ? -1 : 1;
        }
        if (!known) {
            return Integer.compare(one.relayId, other.relayId);
        }
        int values = one.text == null || other.text == null
                ? Long.compare(one.number, other.number)
                : one.text.compareTo(other.text);
        return way * (values == 0 ? Integer.compare(one.relayId, other.relayId) : values);
    }

    private static String text(String value) {
        if (value.length() > MAX_TEXT || value.indexOf('\0') >= 0) {
            throw new InvalidCursor();
        }
        return value;
    }

    private static final class Numbers extends SortKey {
        private final NumberOf number;
        private final boolean complete;

        Numbers(NumberOf number, boolean complete) {
            this.number = number;
            this.complete = complete;
        }

        @Override
        Place place(int place, int relayId) {
            return new Place(null, number.get(place), relayId);
        }

        @Override
        @Nullable
        String write(int place) {
            long value = number.get(place);
            return value == Listed.NONE ? null : Long.toString(value);
        }

        @Override
        Place read(String value, int relayId) {
            try {
                long read = Long.parseLong(value);
                if (read >= 0 && read <= MAX_NUMBER) {
                    return new Place(null, read, relayId);
                }
            } catch (NumberFormatException e) {
                // As any other text that is no number of ours.
            }
            throw new InvalidCursor();
        }

        @Override
        Place readNone(int relayId) {
            if (complete) {
                throw new InvalidCursor();
            }
            return new Place(null, Listed.NONE, relayId);
        }
    }

    private static final class Texts extends SortKey {
        private final TextOf text;

        Texts(TextOf text) {
            this.text = text;
        }

        @Override
        Place place(int place, int relayId) {
            return new Place(text.get(place), Listed.NONE, relayId);
        }

        @Override
        @Nullable
        String write(int place) {
            return text.get(place);
        }

        @Override
        Place read(String value, int relayId) {
            return new Place(text(value), Listed.NONE, relayId);
        }

        @Override
        Place readNone(int relayId) {
            return new Place(null, Listed.NONE, relayId);
        }
    }

    /** All have one, and in a cursor it stands itself: numbers in their order change. */
    private static final class Urls extends SortKey {
        private final DirectoryTable table;
        private final long[] numbers;

        Urls(DirectoryTable table) {
            this.table = table;
            this.numbers = table.numbers(Column.URL);
        }

        @Override
        Place place(int place, int relayId) {
            return new Place(null, numbers[place], relayId);
        }

        @Override
        String write(int place) {
            return table.row(place).url();
        }

        @Override
        Place read(String value, int relayId) {
            return new Place(null, table.numberOf(text(value)), relayId);
        }

        @Override
        Place readNone(int relayId) {
            throw new InvalidCursor();
        }
    }
}

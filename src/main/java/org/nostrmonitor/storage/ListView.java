package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.Directory.Seen;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;
import org.nostrmonitor.storage.RelayViews.Page;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.Strips.Drawn;

/**
 * A page of the list, by keyset. All relays of the {@link Directory} are looked at, whatever is asked: that takes a few
 * milliseconds for a hundred thousand, and counts those that match.
 */
final class ListView {
    private static final int MOST_SHOWN = 200;
    private static final int MOST_TOLD = 500;

    private final Directory directory;
    private final Strips strips;

    ListView(Directory directory, Strips strips) {
        this.directory = directory;
        this.strips = strips;
    }

    /** Fails with {@link InvalidCursor} if its cursor is none. */
    Future<Page> read(Query query) {
        return directory.look(table -> find(table, query, MOST_SHOWN)).compose(seen -> {
            if (seen.stale() != null) {
                return Future.succeededFuture(page(seen, relay -> Drawn.NOT));
            }
            List<Integer> ids = seen.value().relays.stream().map(Listed::id).toList();
            return strips.ofRelays(ids).map(drawn -> page(seen, relay -> Strips.of(drawn, relay.id())));
        });
    }

    /** Without strips, for whoever wants all of it, in larger pages. */
    Future<Page> readPart(Query query) {
        return directory.look(table -> find(table, query, MOST_TOLD)).map(seen -> page(seen, relay -> Drawn.NOT));
    }

    /**
     * @param relays of one page
     * @param total all that match
     * @param next the cursor of the next page, if there is one
     */
    private record Found(
            List<Listed> relays, int total, @Nullable String next) {}

    private static Page page(Seen<Found> seen, Function<Listed, Drawn> drawn) {
        Found found = seen.value();
        return new Page(
                found.relays.stream()
                        .map(relay -> relay.item(drawn.apply(relay)))
                        .toList(),
                found.total,
                found.next,
                seen.stale());
    }

    private static Found find(DirectoryTable table, Query query, int mostAtOnce) {
        int most = Math.max(1, Math.min(query.most(), mostAtOnce));
        SortKey key = SortKey.of(query.sort(), table);
        ListSearch search = new ListSearch(table, new ListFilter(query, table), key, query.descending());
        if (query.cursor() != null) {
            search.after(Cursor.read(query.cursor(), query, key));
        }
        // One more than the page is asked for tells whether there is a next one.
        int[] first = search.first(most + 1);
        int[] shown = Arrays.copyOf(first, Math.min(first.length, most));
        boolean more = first.length > most;
        int end = shown.length - 1;
        return new Found(
                Arrays.stream(shown).mapToObj(table::row).toList(),
                search.total(),
                more ? Cursor.write(query, key.write(shown[end]), table.id(shown[end])) : null);
    }
}

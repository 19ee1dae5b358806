package org.nostrmonitor.http;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.SearchUrl;
import org.nostrmonitor.http.view.SearchUrl.Pair;

/** What people typed into the forms of the list, made into what a search is written as. */
final class TypedSearch {
    /** What a field for dates sends; the day begins at midnight UTC. */
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** More than any form of ours has; longer lists are not looked at. */
    private static final int MOST = 100;

    private TypedSearch() {}

    /** The same without empty fields, or null if there is nothing to tidy. */
    static @Nullable SearchUrl tidy(MultiMap given) {
        if (given.size() > MOST) {
            return null;
        }
        List<Pair> typed = new ArrayList<>();
        List<Pair> tidied = new ArrayList<>();
        boolean placed = given.contains("near") && !given.get("near").isBlank();
        for (Map.Entry<String, String> parameter : given) {
            Pair pair = new Pair(parameter.getKey(), parameter.getValue());
            typed.add(pair);
            boolean pointless = pair.value().isBlank() || (pair.name().equals("km") && !placed);
            Pair meant = new Pair(pair.name(), meant(pair));
            if (!pointless && !tidied.contains(meant)) {
                tidied.add(meant);
            }
        }
        return tidied.equals(typed) ? null : new SearchUrl(tidied);
    }

    private static String meant(Pair pair) {
        String value = pair.value().strip();
        boolean isDay = pair.name().equals("addedSince") && DAY.matcher(value).matches();
        return isDay ? value + "T00:00:00Z" : value;
    }
}

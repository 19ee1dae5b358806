package org.nostrmonitor.testing;

import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows the links of a monitor's own pages. */
public final class SiteWalk {
    private static final Pattern LINK = Pattern.compile("(?:href|src|action)=\"(/[^\"#]*)");

    private final Api api;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();

    public SiteWalk(Api api) {
        this.api = api;
    }

    /** Begins at these paths. */
    public SiteWalk from(String... paths) {
        for (String path : paths) {
            go(path);
        }
        return this;
    }

    private void go(String path) {
        if (known.add(path)) {
            waiting.add(path);
        }
    }

    /**
     * Shows head and body of each page, whatever its status.
     *
     * @param most pages
     * @return the paths of the pages that were shown
     */
    public List<String> each(int most, BiConsumer<String, String> look) {
        List<String> seen = new ArrayList<>();
        while (!waiting.isEmpty() && seen.size() < most) {
            String path = waiting.remove();
            HttpResponse<String> page = api.get(path);
            look.accept(path, page.headers().map() + page.body());
            seen.add(path);
            Matcher links = LINK.matcher(page.body());
            while (links.find()) {
                go(links.group(1).replace("&amp;", "&"));
            }
        }
        return seen;
    }
}

package org.nostrmonitor.http;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** axe-core in a page: what of WCAG 2.2 AA can be seen by a machine. */
final class Axe {
    private static final String SOURCE = source();

    private static final String RUN = """
            async options => {
              const rowsLikeOthers = { exclude: [['tbody tr:nth-child(n+5)'], ['li:nth-child(n+5)']] };
              const found = await axe.run(rowsLikeOthers, { ...options, resultTypes: ['violations'] });
              return found.violations.flatMap(v => v.nodes.map(n =>
                  v.id + ': ' + n.html.slice(0, 200) + ' (' + n.failureSummary.replace(/\\s+/g, ' ').slice(0, 300) + ')'));
            }""";

    private static final Map<String, Object> ALL =
            Map.of("type", "tag", "values", List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"));
    private static final Map<String, Object> COLOURS = Map.of("type", "rule", "values", List.of("color-contrast"));

    private Axe() {}

    /** All that is found, each with its element. */
    static List<String> violations(Page page) {
        return run(page, Map.of("runOnly", ALL));
    }

    /** Of colours, the dearest rule by far, and the only one that sees a difference between light and dark. */
    static List<String> ofColours(Page page) {
        return run(page, Map.of("runOnly", COLOURS));
    }

    /** Of all but colours. */
    static List<String> ofLayout(Page page) {
        return run(page, Map.of("runOnly", ALL, "rules", Map.of("color-contrast", Map.of("enabled", false))));
    }

    private static List<String> run(Page page, Map<String, Object> options) {
        if (!Boolean.TRUE.equals(page.evaluate("'axe' in window"))) {
            page.evaluate(SOURCE);
        }
        return ((List<?>) page.evaluate(RUN, options))
                .stream().map(String::valueOf).toList();
    }

    private static String source() {
        try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

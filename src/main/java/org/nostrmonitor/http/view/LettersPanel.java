package org.nostrmonitor.http.view;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.relay.CheckJob;

/**
 * The dead letters, and the form to retry or drop them.
 *
 * @param rows the newest, or null if Redis did not say
 * @param all one for each region that has any
 * @param enabled whether a token is configured, without which there is no form
 * @param notice what came of the form, or null
 */
public record LettersPanel(
        @Nullable List<Row> rows,
        List<All> all,
        String total,
        boolean enabled,
        @Nullable Notice notice) {

    /**
     * A dead letter.
     *
     * @param address null if the letter cannot be read as a job; then {@code id} is all that is known of it
     * @param value what the form sends to name it
     * @param label what its check box is called
     */
    public record Row(
            When at,
            @Nullable Address address,
            Said id,
            String region,
            @Nullable Integer attempt,
            Said why,
            String value,
            String label,
            boolean chosen) {
        static Row of(RegionLetter from, Instant now, Set<String> chosen) {
            CheckJob job = from.letter().job();
            String value = valueOf(from.region(), from.letter().id());
            Address address = job == null ? null : Address.of(job.relay());
            String name = address == null ? Said.flat(from.letter().id()) : address.shown();
            return new Row(
                    When.of(from.letter().at(), now),
                    address,
                    Said.of(from.letter().id()),
                    Said.flat(from.region()),
                    job == null ? null : job.attempt(),
                    Said.of(from.letter().why()),
                    value,
                    "Choose " + name + " of " + Said.flat(from.region()),
                    chosen.contains(value));
        }
    }

    /** All letters of a region, those that are not shown too. */
    public record All(String region, String count, boolean chosen) {}

    static LettersPanel of(SystemParts parts, Instant now) {
        List<RegionLetter> letters = parts.letters();
        Set<String> chosen = parts.form().chosen();
        Map<String, QueueCounts> queue = parts.queue();
        List<All> all = new ArrayList<>();
        int total = 0;
        if (queue != null) {
            for (Map.Entry<String, QueueCounts> region : new TreeMap<>(queue).entrySet()) {
                int dead = region.getValue().dead();
                total += dead;
                if (dead > 0) {
                    all.add(new All(region.getKey(), Numbers.count(dead), chosen.contains(region.getKey())));
                }
            }
        }
        return new LettersPanel(
                letters == null
                        ? null
                        : letters.stream()
                                .map(letter -> Row.of(letter, now, chosen))
                                .toList(),
                all,
                Numbers.count(total),
                parts.form().enabled(),
                parts.form().notice());
    }

    /** A letter in a form: its id may hold what a form would change on its way, so it goes as base64url. */
    static String valueOf(String region, String id) {
        return region + "/"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A letter that a form named.
     *
     * @throws BadParameter if it is none
     */
    public static Named named(String value) {
        int slash = value.indexOf('/');
        try {
            byte[] id = Base64.getUrlDecoder().decode(value.substring(slash + 1));
            return new Named(region(value.substring(0, Math.max(0, slash))), new String(id, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new BadParameter("The form names no dead letter.");
        }
    }

    /**
     * A region that a form named.
     *
     * @throws BadParameter if it is none
     */
    public static String region(String name) {
        if (!name.matches("[a-z0-9-]{1,32}")) {
            throw new BadParameter("The form names no region.");
        }
        return name;
    }

    public record Named(String region, String id) {}
}

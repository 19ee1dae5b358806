package org.nostrmonitor.queue;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.wire.JobJson;

/**
 * What Redis keeps of each waiting job beside its URL and cycle: the number of its {@link Terms} and a letter for its priority,
 * a capital if the relay was up.
 */
final class PackedJob {
    private PackedJob() {}

    static String write(CheckJob job, Terms terms) {
        char letter = letter(job.priority());
        return terms.placeOf(job) + String.valueOf(job.wasUp() ? letter : Character.toLowerCase(letter));
    }

    private static char letter(Priority priority) {
        return switch (priority) {
            case ON_DEMAND -> 'A';
            case CONFIRMING -> 'C';
            case ONLINE -> 'O';
            case DEAD -> 'D';
        };
    }

    /** The offsets of all priorities, for the scripts: {@code "A0 C30000 ..."}. */
    static String offsets() {
        return Arrays.stream(Priority.values())
                .map(priority -> letter(priority) + Arguments.millis(priority.offset()))
                .collect(Collectors.joining(" "));
    }

    /** @throws IllegalArgumentException if it is not a packed job */
    static Priority priority(String packed) {
        char letter = packed.length() < 2 ? '?' : Character.toUpperCase(packed.charAt(packed.length() - 1));
        return Arrays.stream(Priority.values())
                .filter(priority -> letter(priority) == letter)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a packed job: " + Arguments.bounded(packed)));
    }

    /** Reads jobs of one region; terms are read once for all jobs that share them. */
    static final class Reader {
        private final String region;
        private final Map<String, String> terms;
        private final Map<String, CheckJob> examples = new HashMap<>();

        /** @param terms JSON by cycle and number */
        Reader(String region, Map<String, String> terms) {
            this.region = region;
            this.terms = terms;
        }

        /**
         * The job, as it was planned.
         *
         * @param name of the job
         * @throws IllegalArgumentException if it is not a job, with the reason in words
         */
        CheckJob read(String name, String packed) {
            Priority priority = priority(packed);
            int space = name.indexOf(' ');
            RelayUrl relay = Names.relay(name.substring(space + 1));
            int last = packed.length() - 1;
            CheckJob example = example(name.substring(0, space + 1) + packed.substring(0, last), relay);
            return new CheckJob(
                    relay,
                    region,
                    Names.cycle(name.substring(0, space)),
                    example.checks(),
                    example.timeouts(),
                    example.signingKey(),
                    example.publishTo(),
                    priority,
                    1,
                    Character.isUpperCase(packed.charAt(last)),
                    0,
                    null);
        }

        private CheckJob example(String key, RelayUrl relay) {
            CheckJob known = examples.get(key);
            if (known != null) {
                return known;
            }
            CheckJob read = read(terms.get(key), relay);
            examples.put(key, read);
            return read;
        }

        private CheckJob read(@Nullable String text, RelayUrl relay) {
            if (text == null) {
                throw new IllegalArgumentException("a job whose terms are gone");
            }
            CheckJob job;
            try {
                job = JobJson.read(new JsonObject(text)
                        .put("url", relay.value())
                        .put("cycle", 0)
                        .put("priority", Priority.ONLINE.name())
                        .put("attempt", 1)
                        .put("wasUp", false)
                        .put("confirmation", 0));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("not terms of a job: " + e.getMessage(), e);
            }
            if (!job.region().equals(region)) {
                throw new IllegalArgumentException("a job of another region: " + job.region());
            }
            return job;
        }
    }
}

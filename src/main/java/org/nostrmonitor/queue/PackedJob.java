package org.nostrmonitor.queue;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
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
        char letter = packed.length() < 2 ? '?' : packed.charAt(packed.length() - 1);
        return switch (Character.toUpperCase(letter)) {
            case 'A' -> Priority.ON_DEMAND;
            case 'C' -> Priority.CONFIRMING;
            case 'O' -> Priority.ONLINE;
            case 'D' -> Priority.DEAD;
            default -> throw new IllegalArgumentException("not a packed job: " + Arguments.bounded(packed));
        };
    }

    /**
     * Reads jobs of one region.
     *
     * @param terms JSON by cycle and number
     * @param examples jobs by the JSON of their terms, of all that were read so far
     */
    record Reader(String region, Map<String, String> terms, Map<String, CheckJob> examples) {
        private static final int MOST_EXAMPLES = 100;

        /**
         * The job as it is now.
         *
         * @param name of the job
         * @throws IllegalArgumentException if it is not a job, with the reason in words
         */
        CheckJob read(String name, String packed, int attempt, int confirmation, @Nullable String reserved) {
            Priority priority = priority(packed);
            int space = name.indexOf(' ');
            if (space < 0) {
                throw new IllegalArgumentException("not the name of a job: " + Arguments.bounded(name));
            }
            int last = packed.length() - 1;
            RelayUrl relay = Names.relay(name.substring(space + 1));
            CheckJob example = example(terms.get(name.substring(0, space + 1) + packed.substring(0, last)));
            return new CheckJob(
                    relay,
                    region,
                    Names.cycle(name.substring(0, space)),
                    example.checks(),
                    example.timeouts(),
                    example.signingKey(),
                    example.publishTo(),
                    priority,
                    attempt,
                    Character.isUpperCase(packed.charAt(last)),
                    confirmation,
                    reserved);
        }

        private CheckJob example(@Nullable String json) {
            if (json == null) {
                throw new IllegalArgumentException("a job whose terms are gone");
            }
            if (examples.size() > MOST_EXAMPLES) {
                examples.clear();
            }
            CheckJob job = examples.computeIfAbsent(json, Reader::parse);
            if (!job.region().equals(region)) {
                throw new IllegalArgumentException("a job of another region: " + job.region());
            }
            return job;
        }

        private static CheckJob parse(String json) {
            try {
                return JobJson.read(new JsonObject(json)
                        .put("url", "wss://any.example/")
                        .put("cycle", 0)
                        .put("priority", Priority.ONLINE.name())
                        .put("attempt", 1)
                        .put("wasUp", false)
                        .put("confirmation", 0));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("not terms of a job: " + e.getMessage(), e);
            }
        }
    }
}

package org.nostrmonitor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Redis tells of itself, and what follows from it.
 *
 * @param info the lines of {@code INFO}; empty if it is not permitted
 * @param settings the answer to {@code CONFIG GET}; empty if it is not permitted, as with many managed servers
 */
record RedisFacts(Map<String, String> info, Map<String, String> settings) {
    private static final int OLDEST_VERSION = 7;
    private static final String KEEPS_EVERYTHING = "noeviction";

    RedisFacts {
        info = Map.copyOf(info);
        settings = Map.copyOf(settings);
    }

    /** {@code name:value} a line, with headings and empty lines in between. */
    static Map<String, String> linesOf(String info) {
        Map<String, String> lines = new HashMap<>();
        info.lines().filter(line -> line.indexOf(':') > 0).forEach(line -> {
            int colon = line.indexOf(':');
            lines.put(line.substring(0, colon), line.substring(colon + 1).strip());
        });
        return lines;
    }

    /** Why the queue cannot be kept there, and what to do about it; empty if it can. */
    Optional<String> refusal() {
        if (version().filter(version -> major(version) < OLDEST_VERSION).isPresent()) {
            return Optional.of("is version " + version().orElseThrow() + "; " + OLDEST_VERSION + " or newer is needed");
        }
        return policy().filter(policy -> !policy.equals(KEEPS_EVERYTHING))
                .map(policy -> "would forget jobs when its memory is full: its maxmemory-policy is " + policy + "; set"
                        + " maxmemory-policy to " + KEEPS_EVERYTHING);
    }

    /** What an operator should know all the same. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (version().isEmpty()) {
            warnings.add(
                    "does not tell its version (INFO is not permitted): it must be " + OLDEST_VERSION + " or newer");
        }
        if (policy().isEmpty()) {
            warnings.add("does not tell its maxmemory-policy (CONFIG is not permitted): unless it is "
                    + KEEPS_EVERYTHING + ", jobs are forgotten when its memory is full");
        }
        if (keepsNothing()) {
            warnings.add(
                    "writes nothing to disk (appendonly is no, and save is empty): when it restarts, the cycle under"
                            + " way is planned again");
        } else if (settings.isEmpty() && !appendsToAFile()) {
            warnings.add("does not tell whether it writes to disk (CONFIG is not permitted): if it does not, the cycle"
                    + " under way is planned again when it restarts");
        }
        return warnings;
    }

    private Optional<String> version() {
        return Optional.ofNullable(info.get("redis_version"));
    }

    /** A version that cannot be read is taken for a new one: whoever speaks the protocol so far can be tried. */
    private static int major(String version) {
        String number = version.split("\\.", 2)[0];
        return number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : OLDEST_VERSION;
    }

    private Optional<String> policy() {
        return Optional.ofNullable(settings.getOrDefault("maxmemory-policy", info.get("maxmemory_policy")));
    }

    private boolean appendsToAFile() {
        return "yes".equals(settings.get("appendonly")) || "1".equals(info.get("aof_enabled"));
    }

    private boolean keepsNothing() {
        return "no".equals(settings.get("appendonly")) && "".equals(settings.get("save"));
    }
}

package org.nostrmonitor.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link LoggingTarget} wrote down over all its lives.
 *
 * @param received how often each event came
 * @param again events that came again
 * @param againForNothing events that came again though their OK had gone out
 * @param duplicates events that were answered with {@code duplicate:}
 */
record TargetLog(Map<String, Integer> received, int again, Set<String> againForNothing, Set<String> duplicates) {
    static TargetLog read(Path file) throws IOException {
        Map<String, Integer> received = new HashMap<>();
        Set<String> answered = new HashSet<>();
        Set<String> againForNothing = new HashSet<>();
        Set<String> duplicates = new HashSet<>();
        for (String line : Files.readAllLines(file)) {
            String id = line.substring(2);
            switch (line.charAt(0)) {
                case 'R' -> {
                    received.merge(id, 1, Integer::sum);
                    if (answered.contains(id)) {
                        againForNothing.add(id);
                    }
                }
                case 'D' -> {
                    duplicates.add(id);
                    answered.add(id);
                }
                default -> answered.add(id);
            }
        }
        int again = received.values().stream().mapToInt(times -> times - 1).sum();
        return new TargetLog(received, again, againForNothing, duplicates);
    }
}

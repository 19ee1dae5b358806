package org.nostrmonitor.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a run came to: the figures of its first and last quarter, without its beginning. */
final class SoakTable {
    private final List<Flatness> figures;
    private final List<Sample> samples;
    private final List<Cycle> cycles;

    /** @param seconds it took; {@code at} when it began, in seconds since the first sample */
    record Cycle(double at, double seconds, int planned) {}

    /**
     * @param samples of a monitor that has warmed up
     * @param cycles that were complete by then or later
     */
    SoakTable(List<Sample> samples, List<Cycle> cycles) {
        this.samples = samples;
        this.cycles = cycles;
        this.figures = List.of(
                Flatness.of("heap after a collection, MB", samples, Sample::seconds, Sample::heapMb, 1.1, 5),
                Flatness.of("memory of the process (RSS), MB", samples, Sample::seconds, Sample::rssMb, 1.1, 20),
                Flatness.of("descriptors", samples, Sample::seconds, Sample::descriptors, 1.1, 20),
                Flatness.of("sockets", samples, Sample::seconds, Sample::sockets, 1.1, 20),
                Flatness.of("threads", samples, Sample::seconds, Sample::threads, 1, 5),
                Flatness.of("pending timers", samples, Sample::seconds, Sample::timers, 1.1, 50),
                Flatness.of("a cycle, s", cycles, Cycle::at, Cycle::seconds, 1.2, 3));
    }

    /** What is not as it should be. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        figures.stream()
                .filter(figure -> !figure.isFlat())
                .forEach(figure -> problems.add("not flat: " + figure.row()));
        if (mostWrong() > 0) {
            problems.add((int) mostWrong() + " verdicts were wrong at once");
        }
        return problems;
    }

    private double mostWrong() {
        return samples.stream().mapToDouble(Sample::wrong).max().orElse(Double.NaN);
    }

    @Override
    public String toString() {
        Stream<String> head = Stream.of(
                "| what | first quarter | last quarter | an hour | bound | flat |", "|---|--:|--:|--:|--:|---|");
        int checks = cycles.stream().mapToInt(Cycle::planned).sum();
        String tail = "\n- " + samples.size() + " samples, " + cycles.size() + " cycles with " + checks
                + " checks; at most " + (int) mostWrong() + " verdicts wrong at once.";
        return String.join(
                        "\n",
                        Stream.concat(head, figures.stream().map(Flatness::row)).toList()) + "\n" + tail;
    }
}

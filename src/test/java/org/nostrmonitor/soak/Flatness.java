package org.nostrmonitor.soak;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Whether a figure stays where it is: the median of the last quarter against that of the first.
 *
 * @param factor the last may be so many times the first
 * @param slack and so much more: small figures jump about
 */
record Flatness(String name, double first, double last, double perHour, double factor, double slack) {
    private static final double SECONDS = 3600;

    /** @param moment of a sample, in seconds */
    static <T> Flatness of(
            String name,
            List<T> samples,
            ToDoubleFunction<T> moment,
            ToDoubleFunction<T> value,
            double factor,
            double slack) {
        int quarter = Math.max(1, samples.size() / 4);
        double first = median(samples.subList(0, Math.min(quarter, samples.size())), value);
        double last = median(samples.subList(Math.max(0, samples.size() - quarter), samples.size()), value);
        return new Flatness(name, first, last, slope(samples, moment, value) * SECONDS, factor, slack);
    }

    private static <T> double median(List<T> samples, ToDoubleFunction<T> value) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    /** By least squares. */
    private static <T> double slope(List<T> samples, ToDoubleFunction<T> moment, ToDoubleFunction<T> value) {
        double[] x = samples.stream().mapToDouble(moment).toArray();
        double[] y = samples.stream().mapToDouble(value).toArray();
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double over = 0;
        double under = 0;
        for (int i = 0; i < x.length; i++) {
            over += (x[i] - meanX) * (y[i] - meanY);
            under += (x[i] - meanX) * (x[i] - meanX);
        }
        return under == 0 ? 0 : over / under;
    }

    double most() {
        return first * factor + slack;
    }

    /** False if there was nothing to judge by. */
    boolean isFlat() {
        return last <= most();
    }

    /** A row of {@link SoakTable}. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %+.1f | %.1f | %s |",
                name,
                first,
                last,
                perHour,
                most(),
                isFlat() ? "yes" : "**no**");
    }
}

package org.nostrmonitor.http.view;

/** Where the axis of a count ends: a number whose quarters are whole, and round. */
final class Ceiling {
    private static final double[] STEPS = {1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10, 12};
    private static final int FEW = 12;

    private Ceiling() {}

    /** @return at least {@code count}, and at least 4 */
    static int of(int count) {
        if (count <= FEW) {
            return Math.max(4, (count + 3) / 4 * 4);
        }
        double power = Math.pow(10, Math.floor(Math.log10(count)));
        for (double step : STEPS) {
            if (Math.round(step * power) >= count) {
                return (int) Math.round(step * power);
            }
        }
        throw new IllegalStateException("the last step is larger than any count below ten");
    }
}

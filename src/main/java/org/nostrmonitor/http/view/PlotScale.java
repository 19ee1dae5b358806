package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where a time and a value lie in a box of 1000 by 100; y grows downwards, from {@code top} to zero. */
record PlotScale(Instant from, Instant to, double top) {
    private static final double[] STEPS = {1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10, 12};
    private static final int LEVELS = 4;

    double x(Instant at) {
        return 1000.0
                * Duration.between(from, at).toMillis()
                / Duration.between(from, to).toMillis();
    }

    double y(double value) {
        return 100 - 100 * value / top;
    }

    /** The least number that leaves a little room and whose quarters are round. */
    static double roundAbove(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : STEPS) {
            if (step * power >= value * 1.05) {
                return step * power;
            }
        }
        return 20 * power;
    }

    List<TimePlot.Level> levels(TimePlot.Unit unit) {
        List<TimePlot.Level> levels = new ArrayList<>();
        for (int i = 1; i < LEVELS; i++) {
            double value = top * i / LEVELS;
            double y = TimePlot.HEIGHT * (1 - (double) i / LEVELS);
            String text = unit == TimePlot.Unit.MILLIS ? text(value) + " ms" : text(value);
            levels.add(new TimePlot.Level(number(value), px(y), px(y + 4), text));
        }
        return levels;
    }

    /** The upper edge. */
    String edge() {
        return number(top);
    }

    /** With as many decimals as it needs, three at most. */
    private static String number(double value) {
        String text = Numbers.fixed(value, 3);
        return text.replaceAll("\\.?0+$", "");
    }

    private static String text(double value) {
        return value >= 1000 ? Numbers.count(Math.round(value)) : number(value);
    }

    private static String px(double value) {
        return Numbers.fixed(value, 1);
    }
}

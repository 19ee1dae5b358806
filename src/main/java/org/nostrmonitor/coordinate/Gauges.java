package org.nostrmonitor.coordinate;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Gauges of one name, told apart by tags. A gauge that stays keeps its place and changes its value: if it were registered anew
 * each time, whoever scrapes meanwhile could meet it twice, and Prometheus' registry then refuses to tell anything.
 */
final class Gauges {
    private final MultiGauge gauge;
    private final Map<Tags, AtomicReference<Double>> values = new ConcurrentHashMap<>();

    Gauges(MultiGauge gauge) {
        this.gauge = gauge;
    }

    /** These and no others. */
    void show(Map<Tags, Double> now) {
        values.keySet().retainAll(now.keySet());
        now.forEach((tags, value) -> values.computeIfAbsent(tags, made -> new AtomicReference<>(value))
                .set(value));
        List<Row<?>> rows = List.copyOf(values.entrySet().stream()
                .map(entry -> Row.of(entry.getKey(), entry.getValue(), AtomicReference<Double>::get))
                .toList());
        gauge.register(rows, false);
    }
}

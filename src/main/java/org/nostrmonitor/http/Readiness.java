package org.nostrmonitor.http;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the health routes ask.
 *
 * @param started whether all parts of this node have started
 * @param dependencies what this node cannot work without
 */
public record Readiness(BooleanSupplier started, List<Dependency> dependencies) {
    public Readiness {
        dependencies = List.copyOf(dependencies);
    }

    /**
     * @param name as it is printed, {@code postgres}
     * @param ask succeeds if it works; given two seconds
     */
    public record Dependency(String name, Supplier<Future<?>> ask) {}
}

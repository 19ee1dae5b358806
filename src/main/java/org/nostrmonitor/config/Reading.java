package org.nostrmonitor.config;

import com.fasterxml.jackson.databind.JsonNode;

/** How a JSON value becomes a value of ours. */
@FunctionalInterface
interface Reading<T> {
    T read(JsonNode node) throws Wrong;

    /** A further step behind this one. */
    default <R> Reading<R> then(Step<T, R> step) {
        return node -> step.take(read(node));
    }

    /** What is made of a value that was read. */
    @FunctionalInterface
    interface Step<T, R> {
        R take(T value) throws Wrong;
    }
}

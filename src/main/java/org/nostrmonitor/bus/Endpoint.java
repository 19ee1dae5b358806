package org.nostrmonitor.bus;

/**
 * An address that answers one type of request with one type of reply.
 *
 * @param acrossNodes whether any node of the cluster may answer; else only this process
 */
public record Endpoint<Q extends Record, R extends Record>(
        String address, Class<Q> request, Class<R> reply, boolean acrossNodes) {}

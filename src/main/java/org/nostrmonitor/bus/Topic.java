package org.nostrmonitor.bus;

/** An address that hints are published to, on every node. A hint may be lost: nothing may depend on it but speed. */
public record Topic<T extends Record>(String address, Class<T> type) {}

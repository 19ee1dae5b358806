package org.nostrmonitor.soak;

/**
 * What the process of the monitor holds at a moment.
 *
 * @param seconds since the first sample
 * @param heapMb live objects, after a full collection
 * @param rssMb memory of the process that is in RAM
 * @param descriptors open files, sockets included
 * @param timers of Vert.x that are pending
 * @param wrong relays of which something untrue is said
 */
record Sample(
        double seconds,
        double heapMb,
        double rssMb,
        double descriptors,
        double sockets,
        double threads,
        double timers,
        double wrong) {}

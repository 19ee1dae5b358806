package org.nostrmonitor.cli;

/**
 * What was measured at one load.
 *
 * @param secure whether over TLS
 * @param share of the maximum, in per cent
 * @param offered probes to begin in a second
 * @param done probes that ended in a second
 * @param inFlight probes under way, on average
 * @param cpu of the machine's cores, the share that this process used, simulated relays included, 0 to 1
 * @param others the share that other processes used, 0 to 1: what they take shows in the times
 * @param times how far they were from the truth
 */
record BenchAccuracyLevel(
        boolean secure,
        int share,
        double offered,
        double done,
        double inFlight,
        double cpu,
        double others,
        BenchAccuracySamples.Compared times) {}

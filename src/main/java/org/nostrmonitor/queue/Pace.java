package org.nostrmonitor.queue;

/**
 * How many probes a second a region makes, 0 for any number. A second's worth may come at once.
 *
 * @param perHost of one host name
 * @param perAddress of one IP address
 * @param perNetwork of one /24 of IPv4 or /48 of IPv6
 * @param overall of all together
 */
public record Pace(double perHost, double perAddress, double perNetwork, double overall) {
    public static final Pace UNLIMITED = new Pace(0, 0, 0, 0);

    public Pace {
        if (!(perHost >= 0 && perAddress >= 0 && perNetwork >= 0 && overall >= 0)) {
            throw new IllegalArgumentException("a pace below zero, or none");
        }
    }
}

package org.nostrmonitor.probe;

import java.net.Inet6Address;
import java.net.InetAddress;

/** What carries connections to a relay and can be out of order by itself, whatever the relay does. */
enum Way {
    /** All that this machine cannot be without; when it fails, most relays fail, and that is noticed elsewhere. */
    ORDINARY("IPv4"),
    IPV6("IPv6"),
    TOR("Tor"),
    I2P("I2P"),
    LOKI("Lokinet");

    private final String title;

    Way(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** IPv6 only if nothing else leads there; addresses of this machine and its own network need no IPv6 of the world. */
    static Way to(Destination destination) {
        if (destination.proxy() != null) {
            return switch (destination.url().network()) {
                case TOR -> TOR;
                case I2P -> I2P;
                case LOKI -> LOKI;
                case CLEARNET -> ORDINARY;
            };
        }
        return destination.addresses().stream().allMatch(Way::isIpv6OfTheWorld) ? IPV6 : ORDINARY;
    }

    static boolean isIpv6OfTheWorld(InetAddress address) {
        return address instanceof Inet6Address && AddressPolicy.PUBLIC_ONLY.permits(address);
    }
}

package org.nostrmonitor.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nostrmonitor.relay.RelayUrl;

/** Gives every relay of a mix its name, URL and seed. The same seed and ports give the same relays. */
final class RelayNames {
    /** Where the relays are reached. */
    record Ports(int plain, int tls, int refusing) {}

    private RelayNames() {}

    static List<SimulatedRelay> of(List<Behaviour> mix, long seed, Ports ports) {
        Random random = new Random(seed ^ 0x5DEECE66DL);
        Map<Behaviour, Integer> counted = new EnumMap<>(Behaviour.class);
        List<SimulatedRelay> relays = new ArrayList<>(mix.size());
        for (Behaviour behaviour : mix) {
            int number = counted.merge(behaviour, 1, Integer::sum);
            boolean secure = behaviour.faultyCertificate() || random.nextBoolean();
            String name = behaviour.label() + "-" + number;
            relays.add(new SimulatedRelay(name, behaviour, url(name, behaviour, secure, ports), random.nextLong()));
        }
        return List.copyOf(relays);
    }

    private static RelayUrl url(String name, Behaviour behaviour, boolean secure, Ports ports) {
        int open = secure ? ports.tls() : ports.plain();
        int port = behaviour == Behaviour.REFUSING ? ports.refusing() : open;
        return RelayUrl.of((secure ? "wss://" : "ws://") + name + SimulatedRelay.DOMAIN + ":" + port + "/");
    }
}

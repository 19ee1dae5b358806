package org.nostrmonitor.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

/** Sixty made-up relays: all states, long names, and names that mean harm. The same on every run. */
final class DemoData {
    static final String HOSTILE_NAME = "<script>alert(1)</script>\u202e\"onmouseover='x' & co";
    static final String LONG_NAME = "Averylongnamewithoutanyspaceinit".repeat(9);
    static final RelayUrl HEALTHY = RelayUrl.of("wss://relay.nordlicht.example/");
    static final RelayUrl EXPIRED = RelayUrl.of("wss://relay.havfrue.example/");
    static final RelayUrl HOSTILE = RelayUrl.of("wss://hostile.example/");
    static final RelayUrl NEW = RelayUrl.of("wss://brand-new.example/");
    static final RelayUrl DEGRADED = RelayUrl.of("wss://inbox.kelp.example/");
    static final RelayUrl LONG = RelayUrl.of(
            "wss://relay.paths.example/inbox/npub1q8zs4m2xv7w5t9k3j6h0d2f4a8s6p1l3e5r7y9u2i4o6qaz8wsx0edc5rf/%E2%9A%A1/a/very/long/path");
    static final RelayUrl IDN = RelayUrl.of("wss://blåbær.example/");
    static final RelayUrl LOOK_ALIKE = RelayUrl.of("wss://n\u043estr.example/");

    private static final List<String> SOFTWARE = List.of(
            "git+https://github.com/hoytech/strfry.git",
            "git+https://github.com/hoytech/strfry.git",
            "https://git.sr.ht/~gheartsfield/nostr-rs-relay",
            "khatru",
            "nostream",
            "https://github.com/bitvora/haven");
    private static final List<List<Integer>> NIPS = List.of(
            List.of(1, 2, 4, 9, 11, 22, 28, 40, 70, 77),
            List.of(1, 9, 11, 40, 42, 50),
            List.of(1, 11, 12, 15, 16, 20, 33),
            List.of(1, 9, 11, 29, 42, 45, 50, 77));
    private static final List<String> WORDS = List.of(
            "lighthouse",
            "tundra",
            "birch",
            "kurhaus",
            "copper",
            "mosaic",
            "merlion",
            "osaka",
            "lindy",
            "tidepool",
            "chestnut",
            "gare",
            "kookaburra",
            "fjord",
            "wien",
            "montagne",
            "greifswald",
            "sundhavn",
            "hibiya",
            "polaris",
            "amber",
            "basalt",
            "cedar",
            "delta",
            "ember",
            "fennel",
            "granite",
            "harbor",
            "iris",
            "juniper",
            "kestrel",
            "lagoon",
            "maple",
            "nettle",
            "onyx",
            "poplar",
            "quartz",
            "reed",
            "saffron",
            "thistle");

    private DemoData() {}

    static List<DemoRelay> relays() {
        List<DemoRelay> relays = new ArrayList<>();
        add(relays, HEALTHY, RelayState.ONLINE, null, "Nordlicht", 36, 3000);
        add(
                relays,
                EXPIRED,
                RelayState.OFFLINE,
                failed(Stage.TLS, Reason.TLS_EXPIRED, "notAfter 2026-11-20"),
                "Havfrue",
                41,
                2);
        add(relays, HOSTILE, RelayState.ONLINE, null, HOSTILE_NAME, 120, 30);
        add(relays, NEW, RelayState.UNKNOWN, null, null, 0, 0);
        add(relays, DEGRADED, RelayState.DEGRADED, failed(Stage.WRITE, Reason.NO_REPLY, ""), "Kelp", 18, 1);
        add(relays, LONG, RelayState.ONLINE, null, LONG_NAME, 210, 70);
        add(relays, IDN, RelayState.OFFLINE, failed(Stage.DNS, Reason.DNS_SERVER_FAILURE, ""), "Blåbær", 30, 5);
        add(relays, LOOK_ALIKE, RelayState.ONLINE, null, "nostr", 77, 12);
        add(
                relays,
                url("ws://k5xq3w7r2n4v4m2t6b5c2d5f7h3j2l4p6s2u5y3a5e7g3i2o4zrelayqd.onion/"),
                RelayState.UNKNOWN,
                new Outcome.NotTested(Reason.NO_PROXY),
                null,
                0,
                900);
        add(
                relays,
                url("ws://ukeu2x7q4m3v5t6r3n2k5w2z2b7d4f3h.b32.i2p/"),
                RelayState.ONLINE,
                null,
                "Garlic",
                3144,
                100);
        add(
                relays,
                url("ws://[2001:db8:5a::77]:7777/"),
                RelayState.OFFLINE,
                failed(Stage.TCP, Reason.TCP_TIMEOUT, ""),
                null,
                20,
                800);
        add(
                relays,
                url("wss://gone.example/"),
                RelayState.OFFLINE,
                failed(Stage.DNS, Reason.DNS_NOT_FOUND, ""),
                null,
                10,
                2000);
        add(
                relays,
                url("wss://web.example/"),
                RelayState.OFFLINE,
                failed(Stage.UPGRADE, Reason.UPGRADE_STATUS, "502"),
                "Web",
                60,
                3);
        add(
                relays,
                url("wss://silent.example/"),
                RelayState.OFFLINE,
                failed(Stage.READ, Reason.NO_REPLY, ""),
                "Silent",
                44,
                9);
        add(
                relays,
                url("wss://slow.example/"),
                RelayState.DEGRADED,
                failed(Stage.NIP11, Reason.HTTP_STATUS, "404"),
                "Slow",
                640,
                1);
        for (int i = 0; i < WORDS.size(); i++) {
            String word = WORDS.get(i);
            boolean down = i % 13 == 5;
            Outcome fault = down ? failed(Stage.TCP, Reason.TCP_REFUSED, "") : null;
            String name = Character.toUpperCase(word.charAt(0)) + word.substring(1);
            RelayUrl url = url((i % 2 == 0 ? "wss://relay." : "wss://nostr.") + word + ".example/");
            add(
                    relays,
                    url,
                    down ? RelayState.OFFLINE : RelayState.ONLINE,
                    fault,
                    name,
                    14 + 7 * i,
                    down ? i : 40 + 5 * i);
        }
        for (int i = 0; i < 5; i++) {
            add(relays, url("wss://node" + i + ".cluster.example/"), RelayState.ONLINE, null, "Node " + i, 90, 200 + i);
        }
        return relays;
    }

    private static void add(
            List<DemoRelay> relays,
            RelayUrl url,
            RelayState state,
            @Nullable Outcome fault,
            @Nullable String name,
            int openMs,
            int hours) {
        Random random = new Random(relays.size());
        String software = name == null ? null : SOFTWARE.get(random.nextInt(SOFTWARE.size()));
        List<Integer> nips = name == null ? List.of() : NIPS.get(random.nextInt(NIPS.size()));
        relays.add(new DemoRelay(url, state, fault, name, software, nips, openMs, hours, relays.size() + 1));
    }

    private static RelayUrl url(String text) {
        return RelayUrl.of(text);
    }

    private static Outcome failed(Stage stage, Reason reason, String detail) {
        return new Outcome.Failed(stage, reason, detail);
    }
}

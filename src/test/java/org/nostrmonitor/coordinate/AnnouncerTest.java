package org.nostrmonitor.coordinate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.config.Identity;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.keys.NodeKeys;
import org.nostrmonitor.keys.Voice;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.Nip19;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.SharedSettings.Shared;

class AnnouncerTest {
    private static final RelayUrl ONE = RelayUrl.of("wss://one.example/");
    private static final RelayUrl TWO = RelayUrl.of("wss://two.example/");

    private final MovableClock clock = new MovableClock("2026-03-02T03:17:00Z");
    private final EventSigner signer = EventSigner.of(SecretKey.random());
    private final EventSigner second = EventSigner.of(SecretKey.random());
    private final StoredAnnouncements outbox = new StoredAnnouncements();

    @Test
    void saysWhatTheMonitorDoesWhoItIsAndWhereItWrites() throws Exception {
        assertThat(announce("Watcher", ONE, TWO)).containsExactly(10166, 0, 10002);

        NostrEvent monitor = outbox.ofKind(10166);
        assertThat(monitor.createdAt()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(monitor.tag("frequency")).contains("900");
        assertThat(monitor.tags())
                .contains(List.of("timeout", "open", "10000"), List.of("c", "open"), List.of("g", "u33d"))
                .doesNotContain(List.of("c", "nip11"));
        assertThat(outbox.ofKind(0).content()).contains("Watcher");
        assertThat(outbox.ofKind(10002).tags()).hasSize(2);
        assertThat(outbox.targets(10166)).containsExactly(ONE, TWO);
        assertThat(List.of(monitor, outbox.ofKind(0), outbox.ofKind(10002))).allMatch(Signatures::verify);
    }

    @Test
    void isSilentWhenNothingChanged() throws Exception {
        announce("Watcher", ONE);
        clock.advance(Duration.ofHours(23));

        assertThat(announce("Watcher", ONE)).isEmpty();
    }

    @Test
    void speaksAgainAfterADay() throws Exception {
        announce("Watcher", ONE);
        long first = outbox.ofKind(10166).createdAt();
        clock.advance(Duration.ofHours(24));

        assertThat(announce("Watcher", ONE)).containsExactly(10166, 0, 10002);
        assertThat(outbox.ofKind(10166).createdAt()).isEqualTo(first + 86_400);
    }

    @Test
    void speaksOfWhatChangedOnlyAndLaterThanBeforeThoughTheClockStands() throws Exception {
        announce("Watcher", ONE);
        long first = outbox.ofKind(0).createdAt();

        assertThat(announce("Guardian", ONE)).containsExactly(0);
        assertThat(outbox.ofKind(0).content()).contains("Guardian");
        assertThat(outbox.ofKind(0).createdAt()).isEqualTo(first + 1);
    }

    @Test
    void saysEverythingAgainWhenThePublishRelaysChangeForANewOneHasNothing() throws Exception {
        announce("Watcher", ONE);

        assertThat(announce("Watcher", ONE, TWO)).containsExactly(10166, 0, 10002);
        assertThat(outbox.targets(0)).containsExactly(ONE, TWO);
    }

    @Test
    void signsAndStoresButSendsToNobodyWithoutPublishRelays() throws Exception {
        assertThat(announce("Watcher")).containsExactly(10166, 0);

        assertThat(outbox.kinds()).containsExactlyInAnyOrder(10166, 0);
        assertThat(outbox.targets(10166)).isEmpty();
    }

    @Test
    void failsWhenTheStoreIsAway() {
        outbox.away(true);

        assertThat(announcer("Watcher").announce().failed()).isTrue();
    }

    @Test
    void speaksForEachRegionThatIsAMonitorOfItsOwn() throws Exception {
        NodeKeys both = keys(List.of(new Voice(signer, "M", "u33d"), new Voice(second, "M (us)", null)), List.of());

        assertThat(await(announcer(both, "M", ONE).announce())).containsExactly(10166, 0, 10002, 10166, 0, 10002);

        outbox.by(second.publicKey());
        assertThat(outbox.ofKind(0).content()).contains("M (us)");
        assertThat(outbox.ofKind(10166).tags()).noneMatch(tag -> tag.get(0).equals("g"));
        outbox.by(signer.publicKey());
        assertThat(outbox.ofKind(0).content()).contains("\"M\"");
        assertThat(await(announcer(both, "M", ONE).announce())).isEmpty();
    }

    @Test
    void takesLeaveOfAKeyThatIsRetiredOnceAndWithItsOwnSignature() throws Exception {
        await(announcer(keys(List.of(new Voice(second, "M", null)), List.of()), "M", ONE)
                .announce());
        NodeKeys rotated = keys(List.of(new Voice(signer, "M", null)), List.of(second));

        assertThat(await(announcer(rotated, "M", ONE).announce())).containsExactly(10166, 0, 10002, 5, 0);

        outbox.by(second.publicKey());
        assertThat(outbox.kinds()).containsExactlyInAnyOrder(0, 10002, 5);
        assertThat(outbox.ofKind(0).content()).contains("nostr:" + Nip19.npub(signer.publicKey()));
        assertThat(outbox.ofKind(5).tags())
                .containsExactly(List.of("a", "10166:" + second.publicKey() + ":"), List.of("k", "10166"));
        assertThat(List.of(outbox.ofKind(0), outbox.ofKind(5))).allMatch(Signatures::verify);
        clock.advance(Duration.ofDays(30));
        assertThat(await(announcer(rotated, "M", ONE).announce())).containsExactly(10166, 0, 10002);
    }

    @Test
    void comesBackWithARetiredKeyLaterThanItsFarewell() throws Exception {
        NodeKeys away = keys(List.of(new Voice(signer, "M", null)), List.of(second));
        await(announcer(away, "M", ONE).announce());
        outbox.by(second.publicKey());
        long farewell = outbox.ofKind(5).createdAt();

        await(announcer(keys(List.of(new Voice(second, "M", null)), List.of(signer)), "M", ONE)
                .announce());

        outbox.by(second.publicKey());
        assertThat(outbox.ofKind(10166).createdAt()).isGreaterThan(farewell);
    }

    private List<Integer> announce(String name, RelayUrl... relays) throws Exception {
        return await(announcer(name, relays).announce());
    }

    private Announcer announcer(String name, RelayUrl... relays) {
        outbox.by(signer.publicKey());
        return announcer(keys(List.of(new Voice(signer, name, "u33d")), List.of()), name, relays);
    }

    private static NodeKeys keys(List<Voice> voices, List<EventSigner> retired) {
        return new NodeKeys(KeyRing.of(voices.get(0).signer()), Map.of(), voices, retired);
    }

    private Announcer announcer(NodeKeys keys, String name, RelayUrl... relays) {
        MonitorConfig.Checks all = MonitorConfig.DEFAULT.checks();
        MonitorConfig.Check off = new MonitorConfig.Check(false, Duration.ofSeconds(5), Duration.ZERO);
        MonitorConfig.Checks checks = new MonitorConfig.Checks(all.open(), all.read(), all.write(), off, off);
        Shared settings = new Shared(
                MonitorConfig.DEFAULT.schedule(),
                checks,
                new MonitorConfig.Publish(List.of(relays)),
                MonitorConfig.DEFAULT.rateLimits(),
                MonitorConfig.DEFAULT.retention());
        Identity monitor = new Identity(null, null, name, "watches", "u33d");
        return new Announcer(outbox, keys, new Presentation(settings, monitor, false, clock.instant()), clock);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}

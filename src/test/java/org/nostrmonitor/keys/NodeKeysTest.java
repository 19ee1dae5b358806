package org.nostrmonitor.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.config.Identity;
import org.nostrmonitor.config.Secret;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.nostr.Ncryptsec;
import org.nostrmonitor.nostr.Password;
import org.nostrmonitor.nostr.SecretKey;

class NodeKeysTest {
    @TempDir
    private Path directory;

    private final SecretKey usual = SecretKey.random();
    private final SecretKey european = SecretKey.random();

    @Test
    void makesAKeyWhereNoneIsNamed() {
        NodeKeys made = NodeKeys.load(identity(null, Map.of(), List.of()), directory.resolve("monitor.key"));

        assertThat(NodeKeys.load(identity(null, Map.of(), List.of()), directory.resolve("monitor.key"))
                        .ring()
                        .primary()
                        .publicKey())
                .isEqualTo(made.ring().primary().publicKey());
        assertThat(made.voices()).extracting(Voice::name).containsExactly("M");
    }

    @Test
    void opensAnNcryptsecWithThePasswordOfItsFile() throws IOException {
        Path key = file("a.key", Ncryptsec.encrypt(usual, Password.of("pa ss"), 4));
        Path password = file("password", "pa ss\n");
        Identity sealed = new Identity(key, null, password, List.of(), "M", "", null, null, null, Map.of());

        assertThat(load(sealed).ring().primary().publicKey()).isEqualTo(usual.publicKey());
        assertThat(NodeKeys.primaryOrAny(sealed).publicKey()).isEqualTo(usual.publicKey());
    }

    @Test
    void opensAnNcryptsecFromTheEnvironment() throws IOException {
        Secret given = Secret.of(Ncryptsec.encrypt(usual, Password.of("pa ss"), 4));
        Identity sealed =
                new Identity(null, given, file("password", "pa ss"), List.of(), "M", "", null, null, null, Map.of());

        assertThat(load(sealed).ring().primary().publicKey()).isEqualTo(usual.publicKey());
        assertThat(given.text().chars()).containsOnly(0);
    }

    @Test
    void saysThatThePasswordIsMissingOrWrongAndWhere() throws IOException {
        Path key = file("a.key", Ncryptsec.encrypt(usual, Password.of("right"), 4));
        Path wrong = file("password", "wrong");
        Path open = file("open", "right");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> load(identity(key, Map.of(), List.of())))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(key.toString())
                .hasMessageContaining("no password is given");
        assertThatThrownBy(() -> load(new Identity(key, null, wrong, List.of(), "M", "", null, null, null, Map.of())))
                .hasMessageContaining(key.toString())
                .hasMessageContaining("the password is not that of the ncryptsec")
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> load(new Identity(key, null, open, List.of(), "M", "", null, null, null, Map.of())))
                .hasMessage("password file " + open
                        + ": is open to others than its owner (rw-r--r--): run chmod 600 on it");
    }

    @Test
    void knowsTheKeyOfEachRegionAndHoldsThoseWhoseSecretIsHere() throws IOException {
        String far = SecretKey.random().publicKey();
        NodeKeys keys = load(identity(
                file("usual.key", usual.nsec()),
                Map.of(
                        "eu", new Identity.Region(null, file("eu.key", european.nsec()), "u33d"),
                        "us", new Identity.Region(far, null, "9q"),
                        "here", new Identity.Region(usual.publicKey(), null, null)),
                List.of()));

        assertThat(keys.byRegion()).isEqualTo(Map.of("eu", european.publicKey(), "us", far, "here", usual.publicKey()));
        assertThat(keys.ring().signer(european.publicKey())).isPresent();
        assertThat(keys.ring().signer(far)).isEmpty();
        assertThat(keys.ring().primary().publicKey()).isEqualTo(usual.publicKey());
        assertThat(keys.voices())
                .extracting(Voice::publicKey, Voice::name, Voice::geohash)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(usual.publicKey(), "M", null),
                        org.assertj.core.groups.Tuple.tuple(european.publicKey(), "M (eu)", "u33d"));
    }

    @Test
    void refusesARegionWhoseFileHoldsAnotherKeyThanItNames() throws IOException {
        Path file = file("eu.key", european.nsec());
        Identity mixed = identity(
                file("usual.key", usual.nsec()),
                Map.of("eu", new Identity.Region("ab".repeat(32), file, null)),
                List.of());

        assertThatThrownBy(() -> load(mixed))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("monitor.regions.eu")
                .hasMessageContaining(file.toString());
    }

    @Test
    void holdsRetiredKeysForAFarewellOnly() throws IOException {
        Path old = file("old.key", european.nsec());
        NodeKeys keys = load(identity(file("usual.key", usual.nsec()), Map.of(), List.of(old)));

        assertThat(keys.retired())
                .extracting(org.nostrmonitor.nostr.EventSigner::publicKey)
                .containsExactly(european.publicKey());
        assertThat(keys.ring().signer(european.publicKey())).isEmpty();
    }

    @Test
    void refusesToRetireAKeyThatIsInUse() throws IOException {
        Path same = file("same.key", usual.nsec());

        assertThatThrownBy(() -> load(identity(same, Map.of(), List.of(same))))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is in use");
    }

    private NodeKeys load(Identity identity) {
        return NodeKeys.load(identity, directory.resolve("monitor.key"));
    }

    private static Identity identity(@Nullable Path file, Map<String, Identity.Region> regions, List<Path> retired) {
        return new Identity(file, null, null, retired, "M", "", null, null, null, regions);
    }

    private Path file(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}

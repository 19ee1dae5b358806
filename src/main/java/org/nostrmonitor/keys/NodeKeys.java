package org.nostrmonitor.keys;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.Identity;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.Secret;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyFile;
import org.nostrmonitor.nostr.KeyFileException;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.Password;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.SecretKey;

/**
 * The keys of one node, as its configuration names them. A job says which public key is to sign its event; which secrets are
 * here, this knows.
 *
 * @param ring all secrets of this node but the retired ones
 * @param byRegion the public keys of the regions that have one of their own; others use the primary one
 * @param voices the monitors that this node can announce: the primary one first, then the regions whose secret is here
 * @param retired the keys that it had before
 */
public record NodeKeys(KeyRing ring, Map<String, String> byRegion, List<Voice> voices, List<EventSigner> retired) {
    public NodeKeys {
        byRegion = Map.copyOf(byRegion);
        voices = List.copyOf(voices);
        retired = List.copyOf(retired);
    }

    /** Where a node's primary key is, unless the environment gives it. */
    public static Path file(MonitorConfig config) {
        Path named = config.monitor().keyFile();
        return named == null ? config.dataDirectory().resolve("monitor.key") : named;
    }

    /**
     * Reads all of them; the primary one is made if there is none yet. Blocks: for files, and for scrypt where a key is an
     * ncryptsec.
     *
     * @param usualFile of the primary key, where the configuration names none
     * @throws StartFailure if one cannot be read, or is not the one that was named
     */
    public static NodeKeys load(Identity identity, Path usualFile) {
        try (Passwords passwords = Passwords.of(identity.keyPasswordFile())) {
            EventSigner primary = EventSigner.of(primary(identity, usualFile, passwords.password()));
            Map<String, String> byRegion = new TreeMap<>();
            List<Voice> voices = new ArrayList<>(List.of(new Voice(primary, identity.name(), identity.geohash())));
            for (Map.Entry<String, Identity.Region> region : new TreeMap<>(identity.regions()).entrySet()) {
                EventSigner own = regional(region.getKey(), region.getValue(), primary, passwords.password());
                byRegion.put(region.getKey(), publicKey(region.getValue(), own));
                if (own != null && voices.stream().noneMatch(voice -> isOf(voice, own))) {
                    voices.add(new Voice(
                            own,
                            identity.name() + " (" + region.getKey() + ")",
                            region.getValue().geohash()));
                }
            }
            List<EventSigner> retired = new ArrayList<>();
            for (Path file : identity.retiredKeyFiles()) {
                retired.add(retired(file, voices, passwords.password()));
            }
            return new NodeKeys(ring(voices), byRegion, voices, retired);
        } catch (KeyFileException | ProtocolException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The primary key alone, or a new one for the while if the configuration names none: nothing is written. Blocks.
     *
     * @throws StartFailure if it cannot be read
     */
    public static EventSigner primaryOrAny(Identity identity) {
        Path file = identity.keyFile();
        Secret given = identity.secretKey();
        try (Passwords passwords = Passwords.of(identity.keyPasswordFile())) {
            if (given != null) {
                return EventSigner.of(parsed(given, passwords.password()));
            }
            return EventSigner.of(file == null ? SecretKey.random() : KeyFile.load(file, passwords.password()));
        } catch (KeyFileException | ProtocolException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static SecretKey primary(Identity identity, Path usualFile, @Nullable Password password)
            throws KeyFileException, ProtocolException {
        Secret given = identity.secretKey();
        if (given != null) {
            return parsed(given, password);
        }
        Path named = identity.keyFile();
        return KeyFile.loadOrCreate(named == null ? usualFile : named, password);
    }

    private static SecretKey parsed(Secret given, @Nullable Password password) throws ProtocolException {
        try {
            return SecretKey.parse(given.text(), password);
        } finally {
            given.forget();
        }
    }

    /** Null where only the public key is known here. */
    private static @Nullable EventSigner regional(
            String region, Identity.Region named, EventSigner primary, @Nullable Password password)
            throws KeyFileException {
        Path file = named.keyFile();
        if (file == null) {
            return primary.publicKey().equals(named.publicKey()) ? primary : null;
        }
        EventSigner own = EventSigner.of(KeyFile.load(file, password));
        String expected = named.publicKey();
        if (expected != null && !expected.equals(own.publicKey())) {
            throw new StartFailure("monitor.regions." + region + ": the key in " + file + " is that of "
                    + own.publicKey() + ", not of the publicKey that stands there");
        }
        return own;
    }

    private static String publicKey(Identity.Region named, @Nullable EventSigner own) {
        return own == null ? String.valueOf(named.publicKey()) : own.publicKey();
    }

    private static EventSigner retired(Path file, List<Voice> voices, @Nullable Password password)
            throws KeyFileException {
        EventSigner old = EventSigner.of(KeyFile.load(file, password));
        if (voices.stream().anyMatch(voice -> isOf(voice, old))) {
            throw new StartFailure("monitor.retiredKeyFiles: the key in " + file + " is in use");
        }
        return old;
    }

    private static boolean isOf(Voice voice, EventSigner signer) {
        return voice.publicKey().equals(signer.publicKey());
    }

    private static KeyRing ring(List<Voice> voices) {
        Map<String, EventSigner> signers = new LinkedHashMap<>();
        voices.forEach(voice -> signers.put(voice.publicKey(), voice.signer()));
        return KeyRing.of(voices.get(0).signer(), signers);
    }

    /** With the retired ones, which sign nothing of themselves any more, but can take back what they said. */
    public KeyRing withRetired() {
        Map<String, EventSigner> signers = new LinkedHashMap<>();
        voices.forEach(voice -> signers.put(voice.publicKey(), voice.signer()));
        retired.forEach(old -> signers.put(old.publicKey(), old));
        return KeyRing.of(ring.primary(), signers);
    }

    /** The password file, read once and wiped when all keys are. */
    private record Passwords(@Nullable Password password) implements AutoCloseable {
        static Passwords of(@Nullable Path file) throws KeyFileException {
            return new Passwords(file == null ? null : Password.load(file));
        }

        @Override
        public void close() {
            if (password != null) {
                password.close();
            }
        }
    }
}

package org.nostrmonitor.probe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which chains of certificates were found good for which hosts within the last day. A relay shows the same chain for weeks, and to
 * check its signatures takes longer than all else that a probe computes. What was refused is not remembered. From any thread.
 */
final class BelievedChains {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final InstantSource clock;
    private final Map<String, Instant> believedUntil;

    /** @param most how many are remembered; those that were not asked for the longest time are forgotten */
    BelievedChains(InstantSource clock, int most) {
        this.clock = clock;
        this.believedUntil = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                return size() > most;
            }
        };
    }

    /** Whether the same bytes were found good for the same host lately, and none of them has expired since. */
    boolean knows(String host, X509Certificate[] chain) {
        return key(host, chain).map(this::isBelieved).orElse(false);
    }

    private boolean isBelieved(String key) {
        Instant now = clock.instant();
        synchronized (believedUntil) {
            Instant until = believedUntil.get(key);
            return until != null && now.isBefore(until);
        }
    }

    /** The chain was just found good. */
    void remember(String host, X509Certificate[] chain) {
        Instant now = clock.instant();
        key(host, chain).ifPresent(key -> {
            Instant until = until(now, chain);
            synchronized (believedUntil) {
                believedUntil.put(key, until);
            }
        });
    }

    /** A chain may hold an expired certificate that nobody needs: then the check did without it, and will again. */
    private static Instant until(Instant now, X509Certificate[] chain) {
        return Arrays.stream(chain)
                .map(certificate -> certificate.getNotAfter().toInstant())
                .filter(now::isBefore)
                .reduce(now.plus(LONGEST), (a, b) -> a.isBefore(b) ? a : b);
    }

    /** Empty if a certificate cannot be written as bytes. */
    private static Optional<String> key(String host, X509Certificate[] chain) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(host.getBytes(StandardCharsets.UTF_8));
            for (X509Certificate certificate : chain) {
                digest.update((byte) 0); // No host and no DER begins with it: what is joined cannot be read otherwise.
                digest.update(certificate.getEncoded());
            }
            return Optional.of(HexFormat.of().formatHex(digest.digest()));
        } catch (CertificateEncodingException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

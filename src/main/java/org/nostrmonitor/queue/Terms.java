package org.nostrmonitor.queue;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.wire.JobJson;

/**
 * What many jobs of a cycle have in common, written once: everything but the relay, the cycle and where the job stands.
 * Redis numbers them within a cycle by a hash of what they say, so schedulers that plan the same cycle need not agree.
 */
final class Terms {
    private static final int HASH_BYTES = 6;

    private static final List<String> OF_ONE_JOB =
            List.of("url", "cycle", "priority", "attempt", "wasUp", "confirmation", "reserved");

    private final Map<Shared, Integer> places = new HashMap<>();
    private final List<String> written = new ArrayList<>();

    private record Shared(
            String region,
            Map<CheckType, Duration> timeouts,
            @Nullable String signingKey,
            List<RelayUrl> publishTo) {}

    /** Where the job's terms stand among all of these, from 1. */
    int placeOf(CheckJob job) {
        Shared shared = new Shared(job.region(), job.timeouts(), job.signingKey(), job.publishTo());
        return places.computeIfAbsent(shared, unknown -> write(job));
    }

    private int write(CheckJob job) {
        JsonObject json = JobJson.write(job);
        OF_ONE_JOB.forEach(json::remove);
        String text = json.encode();
        written.add(hash(text));
        written.add(text);
        return written.size() / 2;
    }

    /** Those of all jobs that were asked about: how many, then each after its hash. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(String.valueOf(written.size() / 2));
        arguments.addAll(written);
        return arguments;
    }

    /** 48 bits: two terms of a cycle have the same hash once in 10^14. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

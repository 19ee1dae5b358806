package org.nostrmonitor.http;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the server has to be told.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param region of this node, whose queue is shown even while it has no cycle
 * @param name of this monitor
 * @param publicKey 64 hex digits, or null if this node signs nothing
 * @param cron tells when cycles are planned, as the settings say now
 * @param adminTokenFile the file of the token for admin actions, or null to have none
 * @param limits how much callers may take
 * @param pages whether pages and API are served; health and metrics are on every node
 */
public record WebSettings(
        String host,
        int port,
        String region,
        String name,
        @Nullable String publicKey,
        Supplier<String> cron,
        @Nullable Path adminTokenFile,
        WebLimits limits,
        boolean pages) {}

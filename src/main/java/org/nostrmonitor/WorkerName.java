package org.nostrmonitor;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** The id of a worker: for people where it runs, for the queue unlike any other's, also after a restart. */
final class WorkerName {
    private static final int LONGEST_HOST = 40;

    private WorkerName() {}

    static String of(String region) {
        String host = System.getenv().getOrDefault("HOSTNAME", "node").replaceAll("[^A-Za-z0-9.-]", "");
        String clipped = host.substring(0, Math.min(LONGEST_HOST, host.length()));
        long pid = ProcessHandle.current().pid();
        int salt = ThreadLocalRandom.current().nextInt(1 << 16);
        return String.format(Locale.ROOT, "%s/%s/%d/%04x", region, clipped, pid, salt);
    }
}

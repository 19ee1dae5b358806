package org.nostrmonitor.consume;

import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who was tried lately and who did not answer. A host counts once, by its latest try, so that one server with many names
 * proves as little as one with a single name. Bounded; used on one event loop.
 */
final class Tally {
    /** So few say nothing about a network. */
    private static final int FEW_UP = 8;

    private static final int FEW = 3;
    private static final int MOST = 10_000;

    private final long windowNanos;
    private final Map<String, Try> byHost = new LinkedHashMap<>();
    private final Set<String> upInARow = new HashSet<>();
    private final Set<String> silentInARow = new HashSet<>();
    private int up;
    private int upFailed;
    private long lastSignNanos;

    private record Try(long nanos, boolean wasUp, boolean failed) {}

    Tally(Duration window, long nowNanos) {
        this.windowNanos = window.toNanos();
        this.lastSignNanos = nowNanos;
    }

    /** @param wasUp whether the host was up when it was last checked */
    void answered(String host, boolean wasUp, long nowNanos) {
        count(host, new Try(nowNanos, wasUp, false));
        upInARow.clear();
        sign(nowNanos);
    }

    /** @param sign whether something came back all the same: a certificate, or a status of HTTP */
    void failed(String host, boolean wasUp, boolean sign, long nowNanos) {
        count(host, new Try(nowNanos, wasUp, true));
        if (wasUp && upInARow.size() < MOST) {
            upInARow.add(host);
        }
        if (sign) {
            sign(nowNanos);
        } else if (silentInARow.size() < MOST) {
            silentInARow.add(host);
        }
    }

    private void sign(long nowNanos) {
        silentInARow.clear();
        lastSignNanos = nowNanos;
    }

    private void count(String host, Try latest) {
        Try before = byHost.remove(host);
        if (before != null) {
            add(before, -1);
        }
        byHost.put(host, latest);
        add(latest, 1);
        if (byHost.size() > MOST) {
            forgetFirst();
        }
    }

    private void add(Try one, int sign) {
        if (one.wasUp()) {
            up += sign;
            upFailed += one.failed() ? sign : 0;
        }
    }

    private void forgetFirst() {
        Iterator<Try> tries = byHost.values().iterator();
        add(tries.next(), -1);
        tries.remove();
    }

    /** Forgets what was before the window. */
    void forgetOld(long nowNanos) {
        while (!byHost.isEmpty() && nowNanos - byHost.values().iterator().next().nanos() > windowNanos) {
            forgetFirst();
        }
    }

    /** Most that were up fail, or so many of them one after the other with no answer in between: sooner where there are many. */
    boolean upFail() {
        return (up >= FEW_UP && upFailed * 2 > up) || upInARow.size() >= FEW_UP;
    }

    /** Nothing at all came back for a whole window, though more than a few were tried. */
    boolean allSilent(long nowNanos) {
        return silenceNanos(nowNanos) >= windowNanos && silentInARow.size() >= FEW;
    }

    private long silenceNanos(long nowNanos) {
        return nowNanos - lastSignNanos;
    }

    /** Since anything came back. */
    Duration silence(long nowNanos) {
        return Duration.ofNanos(silenceNanos(nowNanos));
    }

    /** Hosts that were silent since anything came back. */
    int silent() {
        return silentInARow.size();
    }

    /** Hosts that were up before they were tried. */
    int up() {
        return Math.max(up, upInARow.size());
    }

    /** How many of them do not answer. */
    int upFailed() {
        return Math.max(upFailed, upInARow.size());
    }

    /** Begins anew. */
    void clear(long nowNanos) {
        byHost.clear();
        upInARow.clear();
        up = 0;
        upFailed = 0;
        sign(nowNanos);
    }
}

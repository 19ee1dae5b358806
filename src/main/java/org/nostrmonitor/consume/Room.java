package org.nostrmonitor.consume;

/**
 * The room for what waits: reports for PostgreSQL, and ends of jobs for Redis. Bounded in number and in characters of
 * documents. When it is nearly full nothing more is claimed, until it has emptied a good way. Used on one event loop.
 */
final class Room {
    private static final double NEARLY_FULL = 0.8;
    private static final double EMPTY_ENOUGH = 0.6;

    private final int most;
    private final long mostBytes;
    private int taken;
    private long bytes;
    private boolean closed;

    Room(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** False if there is no room for it; then it must not be kept. */
    boolean take(long size) {
        if (taken >= most || bytes + size > mostBytes) {
            return false;
        }
        taken++;
        bytes += size;
        return true;
    }

    void give(long size) {
        taken--;
        bytes -= size;
    }

    int taken() {
        return taken;
    }

    int most() {
        return most;
    }

    long bytes() {
        return bytes;
    }

    long mostBytes() {
        return mostBytes;
    }

    /** Whether the documents fill it, rather than their number. */
    boolean isFullOfBytes() {
        return (double) bytes / mostBytes > (double) taken / most;
    }

    /** Whether more may be claimed: not from 80 % full on, until it is less than 60 %. */
    boolean open() {
        double full = Math.max((double) taken / most, (double) bytes / mostBytes);
        closed = closed ? full >= EMPTY_ENOUGH : full >= NEARLY_FULL;
        return !closed;
    }
}

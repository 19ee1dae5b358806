package org.nostrmonitor.discover;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.link.Backoff;
import org.nostrmonitor.link.DialFailure;
import org.nostrmonitor.link.Link;
import org.nostrmonitor.nostr.PlainText;
import org.nostrmonitor.relay.RelayUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One relay that is read, over one kept connection: dialled again when it is lost, and read from where it was left. */
final class Source implements SourceSession.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Source.class);
    /** Whoever looks further back finds what has been said again since. */
    private static final Duration BACK = Duration.ofDays(1);
    /** Events reach a relay late, too: from a monitor whose outbox was stuck. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    /** A connection that held for so long was a good one; who hangs up earlier is dialled later and later. */
    private static final Duration HELD = Duration.ofMinutes(1);

    private static final Duration LOGGED_AGAIN_AFTER = Duration.ofHours(1);
    private static final int LONGEST_TEXT = 200;

    private final Ears ears;
    private final Context context;
    private final RelayUrl url;
    private final Backoff failures;
    private Instant readUntil;
    private @Nullable SourceSession session;
    private boolean caughtUp;
    private boolean told;
    private boolean stopped;
    private long caughtUpNanos;
    private long timer = -1;
    private long loggedNanos = System.nanoTime() - LOGGED_AGAIN_AFTER.toNanos();

    /** @param readUntil until when all is known; it is read from a little before, and from a day ago at most */
    Source(Ears ears, RelayUrl url, Instant readUntil) {
        this.ears = ears;
        this.context = ears.vertx().getOrCreateContext();
        this.url = url;
        this.readUntil = readUntil;
        this.failures = ears.backoff();
    }

    void start() {
        if (stopped) {
            return;
        }
        Instant most = ears.clock().instant().minus(BACK);
        Instant since = readUntil.isBefore(most.plus(OVERLAP)) ? most : readUntil.minus(OVERLAP);
        SourceSession next = new SourceSession(ears, context, since, this);
        ears.dialler().dial(url, next).onComplete(result -> context.runOnContext(now -> dialled(next, result)));
    }

    private void dialled(SourceSession next, AsyncResult<Link> result) {
        if (result.failed()) {
            again("it cannot be reached: " + DialFailure.describe(result.cause()));
        } else if (stopped) {
            next.close();
        } else {
            session = next;
            ears.figures().connected(true);
            if (!next.open()) {
                lost("it closes the connection at once");
            }
        }
    }

    @Override
    public void caughtUp() {
        caughtUp = true;
        caughtUpNanos = System.nanoTime();
        if (!told) {
            told = true;
            LOG.info("{}: what other monitors published there is read", url);
        }
    }

    @Override
    public void lost(String why) {
        if (session == null) {
            return;
        }
        session = null;
        ears.figures().connected(false);
        if (caughtUp) {
            readUntil = ears.clock().instant();
            caughtUp = false;
            if (System.nanoTime() - caughtUpNanos >= HELD.toNanos()) {
                failures.reset();
            }
        }
        again(why);
    }

    private void again(String why) {
        if (stopped) {
            return;
        }
        Duration wait = failures.next();
        if (System.nanoTime() - loggedNanos >= LOGGED_AGAIN_AFTER.toNanos()) {
            loggedNanos = System.nanoTime();
            LOG.warn("{} cannot be read: {}", url, PlainText.storable(why, LONGEST_TEXT));
        }
        timer = ears.vertx().setTimer(Math.max(1, wait.toMillis()), now -> start());
    }

    /** Whether all that it has is known, and what comes is heard as it comes. */
    boolean isCurrent() {
        return session != null && session.isCurrent();
    }

    void askWho() {
        if (session != null) {
            session.askWho();
        }
    }

    void stop() {
        stopped = true;
        ears.vertx().cancelTimer(timer);
        if (session != null) {
            session.close();
            session = null;
            ears.figures().connected(false);
        }
        caughtUp = false;
    }
}

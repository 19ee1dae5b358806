package org.nostrmonitor.discover;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.discover.Heard.Note;
import org.nostrmonitor.link.Link;
import org.nostrmonitor.nip66.MonitorAnnouncement;
import org.nostrmonitor.nip66.Profile;
import org.nostrmonitor.nip66.RelayDiscovery;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.Filter;

/**
 * What is said on one connection to a source: a subscription to all that is new, one page after the other of what was missed, and
 * one to who the monitors are that were heard.
 */
final class SourceSession implements Link.Listener {
    private static final String LIVE = "live";
    private static final String PAGE = "page";
    private static final String WHO = "who";
    /** What others publish while we ask is in the one subscription or the other. */
    private static final Duration LIVE_OVERLAP = Duration.ofMinutes(1);
    /** For each monitor an announcement and a profile, and some room for relays that keep old ones. */
    private static final int MOST_INTRODUCTIONS = 4 * Roster.SEATS;

    private static final int BYTES_PER_CHARACTER = 4;
    private static final int FRAME_BYTES = 64;
    private static final Filter NEW = Filter.ANY.withKinds(List.of(RelayDiscovery.KIND));
    private static final Filter INTRODUCTIONS = Filter.ANY
            .withKinds(List.of(Profile.KIND, MonitorAnnouncement.KIND))
            .withLimit(MOST_INTRODUCTIONS);

    private final Ears ears;
    private final Listener listener;
    private final Instant opened;
    private final Paging paging;
    private final Inbox inbox;
    private @Nullable Link link;
    private boolean caughtUp;
    private boolean over;
    private int asked = -1;
    private long heardNanos;
    private long watch = -1;

    /** Hears nothing more of a session once it has closed it or was told that it is lost. */
    interface Listener {
        /** All that was missed has been read; from now on it is live. */
        void caughtUp();

        void lost(String why);
    }

    /** @param since from when on what is stored is to be read */
    SourceSession(Ears ears, Context context, Instant since, Listener listener) {
        this.ears = ears;
        this.listener = listener;
        this.opened = ears.clock().instant();
        this.paging = new Paging(since, opened.plusSeconds(1), ears.pace().page());
        this.inbox = new Inbox(ears.vertx(), context, ears.sieve(), ears.pace(), System::nanoTime, this::read, door());
    }

    private Inbox.Door door() {
        return new Inbox.Door() {
            @Override
            public void shut() {
                if (link != null) {
                    link.pause();
                }
            }

            @Override
            public void open() {
                if (link != null) {
                    link.resume();
                }
            }
        };
    }

    @Override
    public void dialling(Link dialled) {
        link = dialled;
    }

    /** The connection is open: asks. False if it is lost already. */
    boolean open() {
        if (isClosed()) {
            return false;
        }
        ask(
                LIVE,
                new Filter(
                        List.of(),
                        List.of(),
                        NEW.kinds(),
                        Map.of(),
                        opened.minus(LIVE_OVERLAP).getEpochSecond(),
                        null,
                        null));
        turn();
        watch();
        return true;
    }

    /** Whether all that it has is known, and what comes is heard as it comes. */
    boolean isCurrent() {
        return caughtUp && !inbox.isBehind();
    }

    private void turn() {
        heardNanos = System.nanoTime();
        ask(PAGE, paging.filter());
    }

    /** Asks who the monitors are that were heard, if there are others now. */
    void askWho() {
        List<String> monitors = ears.roster().seated();
        if (!monitors.isEmpty() && asked != ears.roster().version()) {
            asked = ears.roster().version();
            ask(WHO, INTRODUCTIONS.withAuthors(monitors));
        }
    }

    private void ask(String subscription, Filter filter) {
        send(new ClientMessage.Req(subscription, List.of(filter)));
    }

    private void send(ClientMessage message) {
        Link open = link;
        if (open != null && !isClosed()) {
            open.send(message);
        }
    }

    @Override
    public void said(String text) {
        if (over) {
            return;
        }
        if (link != null) {
            link.earned((long) BYTES_PER_CHARACTER * text.length() + FRAME_BYTES);
        }
        inbox.add(text);
    }

    private Future<Void> read(List<Heard> batch) {
        List<Note> notes = new ArrayList<>();
        for (Heard heard : batch) {
            if (heard instanceof Heard.Event event) {
                event.note().ifPresent(notes::add);
                heardOf(event);
            }
        }
        Future<Void> room = ears.hear(notes);
        batch.forEach(this::follow);
        return room;
    }

    private void heardOf(Heard.Event event) {
        if (event.subscription().equals(PAGE)) {
            heardNanos = System.nanoTime();
            paging.heard(event.createdAt());
        }
    }

    private void follow(Heard heard) {
        if (over) {
            return;
        }
        if (heard instanceof Heard.End end && end.subscription().equals(PAGE) && !caughtUp) {
            if (paging.turn()) {
                turn();
            } else {
                caughtUp = true;
                send(new ClientMessage.Close(PAGE));
                listener.caughtUp();
            }
        } else if (heard instanceof Heard.Closed closed) {
            refused(closed);
        }
    }

    /** Without names there is still something to be read. */
    private void refused(Heard.Closed closed) {
        boolean needed =
                closed.subscription().equals(LIVE) || (closed.subscription().equals(PAGE) && !caughtUp);
        if (needed) {
            lose("it refuses to be read: " + closed.why());
        }
    }

    /** A source that owes us a page has so long for its next word. While we are slow ourselves, it is not to blame. */
    private void watch() {
        long patience = ears.pace().answer().toNanos();
        long silent = inbox.isEmpty() ? System.nanoTime() - heardNanos : 0;
        if (caughtUp || over) {
            return;
        }
        if (silent >= patience) {
            lose("it does not answer");
        } else {
            long wait = Math.max(1, TimeUnit.NANOSECONDS.toMillis(patience - silent));
            watch = ears.vertx().setTimer(wait, timer -> watch());
        }
    }

    private void lose(String why) {
        if (!over) {
            close();
            listener.lost(why);
        }
    }

    @Override
    public void lost(String why) {
        if (!over) {
            end();
            listener.lost(why);
        }
    }

    private boolean isClosed() {
        return over || link == null || link.isClosed();
    }

    void close() {
        end();
        if (link != null) {
            link.close();
        }
    }

    private void end() {
        over = true;
        inbox.close();
        ears.vertx().cancelTimer(watch);
    }
}

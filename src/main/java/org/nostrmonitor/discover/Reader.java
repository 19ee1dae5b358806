package org.nostrmonitor.discover;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.nostrmonitor.link.Dialler;
import org.nostrmonitor.storage.MonitorNotes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all sources, from when this node is the one to read until it is not any more. On one context. */
final class Reader {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
    private static final Duration WHO = Duration.ofSeconds(5);
    private static final Duration COUNT = Duration.ofMinutes(5);
    private static final Duration FIRST_COUNT = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Ears ears;
    private final MonitorNotes notes;
    private final List<Source> sources;
    private final List<Long> timers = new ArrayList<>();

    private Reader(Vertx vertx, Ears ears, MonitorNotes notes, List<Source> sources) {
        this.vertx = vertx;
        this.ears = ears;
        this.notes = notes;
        this.sources = sources;
    }

    /** Completes when it has begun; fails if PostgreSQL does not say what is known. */
    static Future<Reader> open(DiscoverySettings settings, DiscoveryFigures figures, Pace pace) {
        MonitorNotes notes = settings.notes();
        Future<List<MonitorNotes.Known>> known = notes.monitors();
        Future<Set<String>> announced = notes.ownKeys();
        Future<Instant> until = notes.readUntil().map(instant -> instant == null ? Instant.EPOCH : instant);
        return Future.all(known, announced, until).map(all -> {
            Instant now = settings.clock().instant();
            Roster roster = new Roster();
            Set<String> own = new HashSet<>(announced.result());
            own.addAll(settings.ownKeys());
            Notebook notebook = new Notebook(settings.vertx(), notes, roster, figures, pace.write());
            roster.seat(known.result(), now).forEach(notebook::gone);
            Ears ears = new Ears(
                    settings.vertx(),
                    new Dialler(settings.vertx(), settings.proxies(), null, pace.link()),
                    new Sieve(own, settings.clock(), figures),
                    roster,
                    notebook,
                    figures,
                    settings.clock(),
                    pace,
                    new Random());
            List<Source> sources = settings.relays().stream()
                    .distinct()
                    .map(url -> new Source(ears, url, until.result()))
                    .toList();
            Reader reader = new Reader(settings.vertx(), ears, notes, sources);
            reader.start();
            return reader;
        });
    }

    private void start() {
        sources.forEach(Source::start);
        every(WHO, () -> sources.forEach(Source::askWho));
        every(ears.pace().tell(), this::tell);
        every(COUNT, this::count);
        timers.add(vertx.setTimer(FIRST_COUNT.toMillis(), timer -> count()));
    }

    private void every(Duration time, Runnable work) {
        timers.add(vertx.setPeriodic(time.toMillis(), timer -> work.run()));
    }

    /** As long as one source is read to its end, all is known that was to be read. */
    private void tell() {
        if (sources.stream().anyMatch(Source::isCurrent)) {
            seeTo("noting", notes.readUntil(ears.clock().instant()));
        }
    }

    private void count() {
        seeTo("counting", notes.count());
    }

    private static void seeTo(String what, Future<Void> work) {
        work.onFailure(fault -> LOG.debug("{} failed, and will be tried again: {}", what, fault.getMessage()));
    }

    /** Completes in any case, when what was heard is written, or after some seconds. */
    Future<Void> close() {
        timers.forEach(vertx::cancelTimer);
        tell();
        sources.forEach(Source::stop);
        return ears.notebook()
                .close()
                .eventually(() -> ears.dialler().close())
                .timeout(3, TimeUnit.SECONDS)
                .otherwiseEmpty();
    }
}

package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.nostr.RelayMessage.Auth;
import org.nostrmonitor.nostr.RelayMessage.Ok;
import org.nostrmonitor.relay.RelayUrl;

/** Answers a relay's challenge (NIP-42), at most once in a connection. */
final class Authentication {
    private static final int KIND = 22242;
    private static final int MAX_CHALLENGE = 1_000;
    private static final Duration CHALLENGE_PATIENCE = Duration.ofSeconds(1);
    private static final Duration OK_PATIENCE = Duration.ofSeconds(3);

    private final RelayConnection connection;
    private final RelayUrl relay;
    private final @Nullable EventSigner signer;
    private final InstantSource clock;
    private boolean tried;
    private boolean unchallenged;

    Authentication(RelayConnection connection, RelayUrl relay, @Nullable EventSigner signer, InstantSource clock) {
        this.connection = connection;
        this.relay = relay;
        this.signer = signer;
        this.clock = clock;
    }

    /** Whether we have shown a key to this relay. */
    boolean isTried() {
        return tried;
    }

    /** Whether the relay wanted to know who we are, and gave nothing to sign. */
    boolean isUnchallenged() {
        return unchallenged && connection.challenge().isEmpty();
    }

    /**
     * Completes with whether it is worth asking again: the challenge was answered, and the answer not refused.
     *
     * @param overheard gets what the relay says meanwhile: an answer to an earlier question may be late
     */
    Future<Boolean> attempt(Deadline deadline, Consumer<RelayMessage> overheard) {
        EventSigner author = signer;
        if (tried || author == null) {
            return Future.succeededFuture(false);
        }
        return challenge(deadline, overheard)
                .onSuccess(challenge -> unchallenged = challenge.isEmpty())
                .compose(challenge -> challenge.isEmpty() || challenge.get().length() > MAX_CHALLENGE
                        ? Future.succeededFuture(false)
                        : answer(author, challenge.get(), deadline, overheard));
    }

    /** Relays send the challenge on connect, before the refusal, or right behind it. */
    private Future<Optional<String>> challenge(Deadline deadline, Consumer<RelayMessage> overheard) {
        Optional<String> known = connection.challenge();
        return known.isPresent()
                ? Future.succeededFuture(known)
                : connection.await(deadline.atMost(CHALLENGE_PATIENCE), message -> {
                    overheard.accept(message);
                    return message instanceof Auth auth ? Optional.of(auth.challenge()) : Optional.empty();
                });
    }

    /** A relay that says nothing to AUTH may still have believed it. */
    private Future<Boolean> answer(
            EventSigner author, String challenge, Deadline deadline, Consumer<RelayMessage> overheard) {
        tried = true;
        NostrEvent event = author.sign(new EventTemplate(
                clock.instant().getEpochSecond(),
                KIND,
                List.of(List.of("relay", relay.value()), List.of("challenge", challenge)),
                ""));
        return connection
                .ask(new ClientMessage.Auth(event), deadline.atMost(OK_PATIENCE), message -> {
                    overheard.accept(message);
                    return okTo(event, message);
                })
                .map(ok -> ok.map(Ok::accepted).orElse(!connection.isOver()));
    }

    private static Optional<Ok> okTo(NostrEvent event, RelayMessage message) {
        return message instanceof Ok ok && ok.eventId().equals(event.id()) ? Optional.of(ok) : Optional.empty();
    }
}

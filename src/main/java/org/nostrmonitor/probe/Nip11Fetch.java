package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.probe.HttpGet.Answer;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

/** Fetches the NIP-11 document from the address that the relay was reached at; a redirect is vetted like a new relay. */
final class Nip11Fetch {
    private static final int MAX_REDIRECTS = 3;

    private final Router router;
    private final Dialer dialer;
    private final Purse purse;

    /** @param purse pays for what is received */
    Nip11Fetch(Router router, Dialer dialer, Purse purse) {
        this.router = router;
        this.dialer = dialer;
        this.purse = purse;
    }

    /** Completes with the document as received, a JSON object; fails with a {@link Fault}. */
    Future<String> document(Destination reached, Deadline deadline) {
        return get(reached, 0, deadline).compose(Nip11Fetch::read);
    }

    private Future<Answer> get(Destination destination, int redirects, Deadline deadline) {
        return dialer.dial(destination, deadline, DialLog.NONE, purse)
                .compose(line -> HttpGet.of(line, deadline))
                .compose(answer -> answer.isRedirect()
                        ? follow(answer, destination, redirects, deadline)
                        : Future.succeededFuture(answer));
    }

    private Future<Answer> follow(Answer answer, Destination from, int redirects, Deadline deadline) {
        String location = String.valueOf(answer.location());
        Optional<RelayUrl> next = Redirect.from(from.url(), location);
        if (next.isEmpty() || redirects == MAX_REDIRECTS) {
            return Future.failedFuture(new Fault(Stage.NIP11, Reason.REDIRECT_BLOCKED, location));
        }
        return route(next.get(), from, deadline).compose(destination -> get(destination, redirects + 1, deadline));
    }

    private Future<Destination> route(RelayUrl next, Destination from, Deadline deadline) {
        Future<Destination> route = next.host().equals(from.url().host())
                ? router.again(from, next)
                : router.route(next, deadline, DialLog.NONE);
        return route.transform(result -> {
            boolean barred = result.cause() instanceof Fault fault && fault.outcome() instanceof NotTested;
            return barred
                    ? Future.failedFuture(new Fault(Stage.NIP11, Reason.REDIRECT_BLOCKED, next.value()))
                    : result.succeeded()
                            ? Future.succeededFuture(result.result())
                            : Future.failedFuture(result.cause());
        });
    }

    private static Future<String> read(Answer answer) {
        if (!answer.isSuccess()) {
            return Future.failedFuture(new Fault(Stage.NIP11, Reason.HTTP_STATUS, Integer.toString(answer.status())));
        }
        try {
            String document =
                    StandardCharsets.UTF_8.newDecoder().decode(answer.body()).toString();
            var unused = Nip11.parse(document);
            return Future.succeededFuture(document);
        } catch (CharacterCodingException e) {
            return Future.failedFuture(new Fault(Stage.NIP11, Reason.NOT_JSON, "not UTF-8"));
        } catch (ProtocolException e) {
            return Future.failedFuture(Fault.of(Stage.NIP11, Reason.NOT_JSON, e));
        }
    }
}

package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.probe.CapabilityReply.Answer;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Capability.Finding;

/**
 * NIP-50: nonsense must find nothing, and then a word of a note that the relay has just shown us must find a note with that word.
 * Both questions ask for notes up to that one, so that a relay which ignores the words shows that very note again.
 */
final class CapabilityOfSearch implements CapabilityTest {
    private static final String NONSENSE = "search";
    private static final String WORD = "search-word";

    /** Long enough to be in an index, and of letters that all tokenizers keep together. */
    private static final Pattern WORDS = Pattern.compile("(?<![\\p{L}\\p{N}])[A-Za-z]{4,20}(?![\\p{L}\\p{N}])");

    private final CapabilityTalk talk;
    private final Optional<NostrEvent> note;

    /** @param note what the relay sent when it was read from */
    CapabilityOfSearch(CapabilityTalk talk, Optional<NostrEvent> note) {
        this.talk = talk;
        this.note = note;
    }

    @Override
    public int nip() {
        return 50;
    }

    @Override
    public Future<Capability> run() {
        if (note.isEmpty()) {
            return Future.succeededFuture(CapabilityReply.notTested("it showed us no note to search for"));
        }
        NostrEvent known = note.get();
        return search(NONSENSE, known, "zq" + CapabilityTalk.random()).compose(reply -> {
            if (!(reply instanceof Answer answer)) {
                return Future.succeededFuture(CapabilityReply.unanswered(reply));
            }
            return answer.message() instanceof RelayMessage.Event event
                    ? Future.succeededFuture(foundNonsense(event.event(), known, answer.seen()))
                    : searchForAWord(known);
        });
    }

    private Future<CapabilityReply> search(String subscription, NostrEvent known, String words) {
        Filter filter = Filter.ANY
                .withKinds(List.of(known.kind()))
                .withUntil(known.createdAt())
                .withLimit(1)
                .withSearch(words);
        return talk.request(
                subscription,
                filter,
                message -> (message instanceof RelayMessage.Event event
                                && event.subscription().equals(subscription))
                        || (message instanceof RelayMessage.Eose eose
                                && eose.subscription().equals(subscription)));
    }

    /** The same note: the words were ignored. Another one: a search by likeness finds something for everything. */
    private static Capability foundNonsense(NostrEvent found, NostrEvent known, String seen) {
        return found.id().equals(known.id())
                ? CapabilityReply.found(Finding.REFUTED, "found a note for nonsense: " + seen)
                : CapabilityReply.notTested("found another note for nonsense: " + seen);
    }

    private Future<Capability> searchForAWord(NostrEvent known) {
        Optional<String> word = word(known.content());
        if (word.isEmpty()) {
            return Future.succeededFuture(
                    CapabilityReply.notTested("nonsense found nothing, and the note has no word to search for"));
        }
        return search(WORD, known, word.get()).map(reply -> {
            if (!(reply instanceof Answer answer)) {
                return CapabilityReply.unanswered(reply);
            }
            boolean isFound = answer.message() instanceof RelayMessage.Event event && has(event.event(), word.get());
            return isFound
                    ? CapabilityReply.found(
                            Finding.CONFIRMED, "nothing for nonsense; for \"" + word.get() + "\" " + answer.seen())
                    : CapabilityReply.notTested("neither nonsense nor \"" + word.get() + "\" found a note with it");
        });
    }

    /** The longest word: the rarest, most likely. */
    private static Optional<String> word(String content) {
        return WORDS.matcher(content).results().map(MatchResult::group).max(Comparator.comparingInt(String::length));
    }

    private static boolean has(NostrEvent event, String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        return event.content().toLowerCase(Locale.ROOT).contains(wanted)
                || event.tags().stream()
                        .flatMap(List::stream)
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(wanted));
    }
}

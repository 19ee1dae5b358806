package org.nostrmonitor.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.nostr.Filter;

class PagingTest {
    private final Paging paging = new Paging(Instant.ofEpochSecond(100), Instant.ofEpochSecond(200), 500);

    @Test
    void asksForTheWholeSpanFirst() {
        Filter whole = paging.filter();

        assertThat(whole.kinds()).containsExactly(30166);
        assertThat(whole.since()).isEqualTo(100);
        assertThat(whole.until()).isEqualTo(200);
        assertThat(whole.limit()).isEqualTo(500);
    }

    @Test
    void goesOnWhereAPageEndsAndAsksForItsLastSecondAgain() {
        paging.heard(190);
        paging.heard(180);
        assertThat(paging.turn()).isTrue();
        assertThat(paging.filter().until()).isEqualTo(180);
        assertThat(paging.filter().since()).isEqualTo(100);
    }

    @Test
    void endsWithAPageThatIsEmpty() {
        paging.heard(190);
        paging.turn();
        assertThat(paging.turn()).isFalse();
    }

    @Test
    void endsAtTheBeginningOfTheSpan() {
        paging.heard(100);
        assertThat(paging.turn()).isTrue();
        paging.heard(100);
        assertThat(paging.turn()).isFalse();
    }

    @Test
    void passesASecondThatFillsAPage() {
        paging.heard(200);
        assertThat(paging.turn()).isTrue();
        assertThat(paging.filter().until()).isEqualTo(199);
    }

    @Test
    void isNotLedAstrayByWhatWasNotAskedFor() {
        paging.heard(0);
        paging.heard(300);
        assertThat(paging.turn()).as("nothing of the span").isFalse();
    }

    /** A relay that gives three at a time has all of them read, whatever it was asked for. */
    @Test
    void readsAllOfARelayThatGivesFewAtATime() {
        TreeMap<Long, Boolean> stored = new TreeMap<>();
        for (long at = 100; at <= 200; at += 7) {
            stored.put(at, false);
        }
        boolean more = true;
        while (more) {
            stored.headMap(Objects.requireNonNull(paging.filter().until()), true).descendingMap().entrySet().stream()
                    .limit(3)
                    .toList()
                    .forEach(event -> {
                        stored.put(event.getKey(), true);
                        paging.heard(event.getKey());
                    });
            more = paging.turn();
        }
        assertThat(stored.values()).containsOnly(true);
    }
}

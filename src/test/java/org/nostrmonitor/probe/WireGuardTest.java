package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WireGuardTest {
    private final AtomicLong arrival = new AtomicLong(System.nanoTime());
    private final WireGuard guard = new WireGuard(arrival::get, new Purse(new Pot(0)));
    private final EmbeddedChannel channel = new EmbeddedChannel(guard);

    private void hear() {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {1}));
    }

    private void say() {
        channel.writeOutbound(Unpooled.wrappedBuffer(new byte[] {2}));
    }

    @Test
    void remembersWhenBytesWereThereAndNotWhenTheyWereRead() {
        long ahead = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        arrival.set(ahead);
        hear();
        assertThat(guard.heardNanos()).isEqualTo(ahead);
    }

    @Test
    void hearsNoAnswerBeforeTheQuestionThatItWasReadAfter() {
        say();
        hear();
        assertThat(guard.heardNanos()).isEqualTo(guard.sentNanos(arrival.get()));
        assertThat(guard.heardNanos()).isGreaterThan(arrival.get());
    }

    @Test
    void knowsWhenItSpokeButNotBeforeWhatIsAskedFor() {
        long before = System.nanoTime();
        say();
        long sent = guard.sentNanos(before);
        assertThat(sent).isBetween(before, System.nanoTime());
        assertThat(guard.sentNanos(sent + 7)).isEqualTo(sent + 7);
    }

    @Test
    void tookTurnsIfItSpokeAgainBeforeItLastHeard() {
        say();
        say();
        hear();
        hear();
        assertThat(guard.tookTurns()).isFalse();
        say();
        assertThat(guard.tookTurns()).isFalse();
        hear();
        assertThat(guard.tookTurns()).isTrue();
    }
}

package org.nostrmonitor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.publish.ScriptedTarget.Script;
import org.nostrmonitor.relay.RelayUrl;

class BadCompanyTest {
    private static final int EVENTS = 1_000;

    @RegisterExtension
    final PublisherLab lab = new PublisherLab();

    /** No clock is needed to see it: whoever waited for a bad one would wait for its patience to end. */
    @Test
    void bringsAllToAGoodTargetBeforeItsPatienceWithFourBadOnesEnds() throws Exception {
        ScriptedTarget gone = lab.target(ScriptedTarget.ACCEPT);
        RelayUrl down = gone.url();
        gone.goAway();
        RelayUrl mute = silentTcp();
        RelayUrl silent = lab.target(ScriptedTarget.SILENT).url();
        RelayUrl slow = lab.target(oneEvery(Duration.ofMillis(200))).url();
        ScriptedTarget good = lab.target(ScriptedTarget.ACCEPT);
        List<String> ids = lab.pending(EVENTS, down, mute, silent, slow, good.url());
        long start = System.nanoTime();
        lab.publish(down, mute, silent, slow, good.url());
        lab.outbox.awaitEmpty(good.url());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PublisherLab.PATIENT.answer());
        assertThat(good.receivedIds()).containsExactlyElementsOf(ids);
        assertThat(lab.outbox.pendingIds(silent)).hasSize(EVENTS);
        assertThat(lab.outbox.pendingIds(mute)).hasSize(EVENTS);
        assertThat(lab.outbox.pendingIds(slow)).hasSizeGreaterThan(EVENTS / 2);
    }

    private RelayUrl silentTcp() throws Exception {
        int port = PublisherLab.await(
                        lab.vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"))
                .actualPort();
        return RelayUrl.of("ws://127.0.0.1:" + port);
    }

    private Script oneEvery(Duration pause) {
        Queue<Runnable> answers = new ConcurrentLinkedQueue<>(new ArrayDeque<>());
        lab.vertx.setPeriodic(pause.toMillis(), timer -> {
            Runnable next = answers.poll();
            if (next != null) {
                next.run();
            }
        });
        return (peer, event) -> answers.add(() -> peer.ok(event, true, ""));
    }
}

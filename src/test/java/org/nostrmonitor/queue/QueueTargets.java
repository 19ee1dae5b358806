package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nostrmonitor.fuzz.Target;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.wire.JobJson;

/** What a worker reads of Redis: a job as it stands in the queue, and a dead letter. */
public final class QueueTargets {
    private static final CheckJob JOB = new CheckJob(
            RelayUrl.of("wss://relay.example/Path?q=1"),
            "eu",
            Instant.ofEpochSecond(1_700_000_000),
            Set.of(CheckType.OPEN),
            Map.of(CheckType.OPEN, Duration.ofSeconds(10)),
            null,
            List.of(),
            Priority.ONLINE,
            1);

    private QueueTargets() {}

    public static List<Target> all() {
        Terms terms = new Terms();
        String packed = PackedJob.write(JOB, terms);
        String queued =
                String.join("\n", Names.of(JOB), packed, terms.arguments().get(2));
        return List.of(
                Target.ofText("queued job", List.of(queued), QueueTargets::queued, IllegalArgumentException.class),
                Target.ofText(
                        "dead letter",
                        List.of(JobJson.write(JOB).encode()),
                        text -> assertThat(Payload.read("eu", JOB.id(), text).id())
                                .isEqualTo(JOB.id()),
                        IllegalArgumentException.class));
    }

    /** Three lines: the name, the packed job, its terms. */
    private static void queued(String text) {
        String[] lines = (text + "\n\n").split("\n", 4);
        Map<String, String> terms = new HashMap<>();
        int space = lines[0].indexOf(' ');
        terms.put(lines[0].substring(0, space + 1) + "1", lines[2]);
        CheckJob job = new PackedJob.Reader("eu", terms, new HashMap<>()).read(lines[0], lines[1], 1, 0, null);
        assertThat(JobJson.read(new JsonObject(JobJson.write(job).encode()))).isEqualTo(job);
    }
}

package org.nostrmonitor.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.RelayListReader.Accepted;
import org.nostrmonitor.relay.RelayListReader.Line;
import org.nostrmonitor.relay.RelayListReader.Rejected;

class RelayListReaderTest {
    @Test
    void skipsBlankLinesAndCommentsAndKeepsTheirNumbers() throws IOException {
        assertThat(read("# mine\n\n  wss://nos.lol  \r\n \t\n#wss://no.example\nwss://Relay.Example"))
                .containsExactly(
                        new Accepted(3, RelayUrl.of("wss://nos.lol/")),
                        new Accepted(6, RelayUrl.of("wss://relay.example/")));
    }

    @Test
    void goesOnBehindALineThatIsNoRelay() throws IOException {
        assertThat(read("nos.lol\nwss://nos.lol\n"))
                .containsExactly(
                        new Rejected(1, "nos.lol", "does not begin with wss:// or ws://"),
                        new Accepted(2, RelayUrl.of("wss://nos.lol/")));
    }

    @Test
    void showsWhatItRejectsOnOneLineAndShort() throws IOException {
        Rejected rejected =
                (Rejected) read("\u001b[31mred\u202e" + "x".repeat(500)).get(0);

        assertThat(rejected.text())
                .startsWith("\\u001B[31mred\\u202Exxx")
                .endsWith("…")
                .hasSizeLessThan(140);
    }

    @Test
    void rejectsALineThatIsTooLongAndReadsTheNext() throws IOException {
        List<Line> lines = read("wss://nos.lol/" + "a".repeat(RelayListReader.MAX_LINE) + "\nwss://nos.lol");

        assertThat(lines).hasSize(2);
        assertThat(((Rejected) lines.get(0)).why()).isEqualTo("longer than 4096 characters");
        assertThat(lines.get(1)).isEqualTo(new Accepted(2, RelayUrl.of("wss://nos.lol")));
    }

    @Test
    void takesALineOfTheGreatestLengthWhole() throws IOException {
        Rejected rejected =
                (Rejected) read("w".repeat(RelayListReader.MAX_LINE)).get(0);

        assertThat(rejected.why()).isEqualTo("longer than 1024 characters");
    }

    @Test
    void aLongCommentIsAComment() throws IOException {
        assertThat(read("#" + "a".repeat(10_000) + "\n")).isEmpty();
    }

    @Test
    void readsAnEndlessLineInBoundedMemory() throws IOException {
        InputStream hundredMegabytes = new InputStream() {
            private long left = 100L << 20;

            @Override
            public int read() {
                return left-- > 0 ? 'a' : -1;
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                int count = (int) Math.min(left, length);
                java.util.Arrays.fill(bytes, from, from + count, (byte) 'a');
                left -= count;
                return count == 0 ? -1 : count;
            }
        };

        RelayListReader reader = new RelayListReader(hundredMegabytes);

        assertThat(reader.next()).isInstanceOf(Rejected.class);
        assertThat(reader.next()).isNull();
    }

    @Test
    void ignoresAByteOrderMarkAndSurvivesBytesThatAreNotUtf8() throws IOException {
        byte[] bytes = "\uFEFFwss://nos.lol\nwss://\0".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) 0xC3;

        List<Line> lines = read(bytes);

        assertThat(lines.get(0)).isEqualTo(new Accepted(1, RelayUrl.of("wss://nos.lol")));
        assertThat(lines.get(1)).isInstanceOf(Rejected.class);
    }

    private static List<Line> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Line> read(byte[] bytes) throws IOException {
        RelayListReader reader = new RelayListReader(new ByteArrayInputStream(bytes));
        List<Line> lines = new ArrayList<>();
        for (Line line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }
}

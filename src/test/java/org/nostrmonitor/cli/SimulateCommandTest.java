package org.nostrmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateCommandTest {
    private static final Pattern PLAIN = Pattern.compile("ws on 127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    private Path directory;

    private int run(SimulateCommand.MonitorLauncher monitor, PrintWriter out, String... more) {
        CommandLine line =
                new CommandLine(new SimulateCommand(monitor)).setOut(out).setErr(out);
        String[] usual = {"--relays", "20", "--port", "0", "--directory", directory.toString()};
        String[] all = new String[usual.length + more.length];
        System.arraycopy(usual, 0, all, 0, usual.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        return line.execute(all);
    }

    @Test
    void runsUntilItIsToldToEndAndClosesItsPorts() throws Exception {
        BlockingQueue<String> printed = new ArrayBlockingQueue<>(1);
        StringWriter text = new StringWriter() {
            @Override
            public void flush() {
                printed.offer(toString());
            }
        };
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread command = new Thread(() -> code.complete(run(config -> 99, new PrintWriter(text))));
        command.start();
        String said = printed.poll(60, TimeUnit.SECONDS);
        assertThat(said).contains("20 simulated relays", "1 tls-expired", "-conf ", "config.json");
        Matcher matcher = PLAIN.matcher(said);
        assertThat(matcher.find()).isTrue();
        int port = Integer.parseInt(matcher.group(1));
        new Socket(InetAddress.getLoopbackAddress(), port).close();

        command.interrupt();
        assertThat(code.get(60, TimeUnit.SECONDS)).isZero();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void givesItsConfigurationToAMonitorAndItsExitCodeBack() {
        StringWriter text = new StringWriter();
        int code = run(config -> Files.exists(config) ? 7 : 8, new PrintWriter(text), "--with-monitor");
        assertThat(code).isEqualTo(7);
        assertThat(text.toString()).doesNotContain("Ctrl-C");
    }

    @Test
    void inventsAPastBeforeTheMonitorStarts() {
        StringWriter text = new StringWriter();
        int code = run(config -> 7, new PrintWriter(text), "--with-monitor", "--days", "2");
        assertThat(code).isEqualTo(7);
        assertThat(text.toString()).contains("relays and outages", "checks of", "what is known now");

        run(config -> 7, new PrintWriter(text), "--with-monitor", "--days", "2");
        assertThat(text.toString()).contains("has a past already");
    }

    @Test
    void aPastWithoutAMonitorIsAFaultOfUsage() {
        StringWriter text = new StringWriter();
        assertThat(run(config -> 0, new PrintWriter(text), "--days", "2")).isEqualTo(2);
        assertThat(run(config -> 0, new PrintWriter(text), "--with-monitor", "--days", "401"))
                .isEqualTo(2);
        assertThat(text.toString()).contains("--days: 0 to 400");
    }

    @Test
    void anImpossibleNetworkIsAFaultOfUsage() {
        StringWriter text = new StringWriter();
        assertThat(run(config -> 0, new PrintWriter(text), "--latency", "-1")).isEqualTo(2);
        assertThat(text.toString()).contains("latencyScale: 0 to 100");
    }
}

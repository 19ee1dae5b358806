package org.nostrmonitor.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nostrmonitor.testing.CapturedLog;

/** What a stranger wrote, in a line of the log as {@code logback.xml} has it. */
class LogLinesTest {
    private static final LoggerContext CONTEXT = new LoggerContext();
    private static final String FORGED = "2026-11-22T12:00:00.000Z ERROR Monitor all is lost";

    @BeforeAll
    static void readsTheRealConfiguration() throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(CONTEXT);
        configurator.doConfigure(Objects.requireNonNull(LogLinesTest.class.getResource("/logback.xml")));
    }

    @AfterAll
    static void stops() {
        CONTEXT.stop();
    }

    static List<Named<String>> texts() {
        return List.of(
                named("CR LF", "name\r\n" + FORGED),
                named("LF", "name\n" + FORGED),
                named("CR", "name\r" + FORGED),
                named(
                        "other ends of lines",
                        "name\u0085" + FORGED + "\u2028" + FORGED + "\u2029" + FORGED + "\u000b\f" + FORGED),
                named("ANSI escapes", "\u001b[2J\u001b[31mname\u001b]0;title\u0007\u009b31m"),
                named("bidi overrides", "abc\u202egnp.exe\u2066x\u2069\u200f\u061c\u200b\ufeff"),
                named("NUL and halves", "nul \u0000, half \ud800 and \udc00, tag \udb40\udc41, private \ue000"),
                named("a megabyte", "x".repeat(1_000_000)),
                named("a megabyte of lines", ("\n" + FORGED).repeat(20_000)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void nameWithCrLfAnsiEscapesIsOneLogLineEscaped(String text) {
        String line = logged("{} refuses events: {}", null, "wss://relay.example/", text);

        assertThat(line)
                .endsWith("\n")
                .hasSizeLessThan(13_000)
                .contains(" WARN  LogLinesTest wss://relay.example/ refuses");
        assertPlain(line.substring(0, line.length() - 1));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theMessagesOfAStackTraceAreOneLineEach(String text) {
        IllegalStateException failure = new IllegalStateException(text, new IllegalArgumentException(text));
        failure.addSuppressed(new IllegalStateException(text));

        List<String> lines = logged("a part failed", failure).lines().toList();

        assertThat(lines).hasSizeBetween(8, 60);
        for (String line : lines) {
            assertThat(line)
                    .hasSizeLessThan(3_200)
                    .matches("2.*WARN.*|java\\..*|\\s*(at |Caused by: |Suppressed: |\\.\\.\\. ).*");
            assertThat(line).doesNotStartWith(FORGED);
            assertPlain(line.replace("\t", ""));
        }
    }

    @Test
    void showsWhatWasEscaped() {
        assertThat(logged("{}", null, "a\r\n\u001b[31mb")).contains(" a\\u000D\\u000A\\u001B[31mb\n");
    }

    @Test
    void showsTheStackOfAFailureOfOurs() {
        assertThat(logged("a part failed", new IllegalStateException("broken", new IllegalStateException("inside"))))
                .contains("java.lang.IllegalStateException: broken\n\tat org.nostrmonitor.logging.LogLinesTest")
                .contains("Caused by: java.lang.IllegalStateException: inside\n");
    }

    @Test
    void logsWhatEndsAThread() throws Exception {
        try (CapturedLog log = CapturedLog.of(LastWords.class.getName())) {
            Thread thread = new Thread(
                    () -> {
                        throw new IllegalStateException("a\r\n" + FORGED);
                    },
                    "some work");
            thread.setUncaughtExceptionHandler(new LastWords());
            thread.start();
            thread.join();

            assertThat(log.lines()).containsExactly("ERROR thread some work ended by an error that nobody expected");
        }
    }

    private static void assertPlain(String line) {
        assertThat(line.codePoints().filter(LogLinesTest::isStrange).count())
                .as(line.length() + " characters")
                .isZero();
    }

    private static boolean isStrange(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || c == 0xfffd;
    }

    private static String logged(String message, @Nullable Throwable failure, Object... arguments) {
        Logger logger = CONTEXT.getLogger(LogLinesTest.class);
        var appender = (OutputStreamAppender<ILoggingEvent>)
                CONTEXT.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("CONSOLE");
        var event = new LoggingEvent(LogLinesTest.class.getName(), logger, Level.WARN, message, failure, arguments);
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}

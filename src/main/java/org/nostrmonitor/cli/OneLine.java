package org.nostrmonitor.cli;

import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.relay.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What a person sees of an exception: a line. The stack trace of what nobody expected goes to the log. */
final class OneLine implements IExecutionExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(OneLine.class);
    private static final int LENGTH = 500;

    static String of(Throwable failure) {
        if (failure instanceof StartFailure expected) {
            return Printable.of(expected.line(), LENGTH);
        }
        log.error("not expected", failure);
        String message = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        return Printable.of("an error of ours: " + (message == null ? name : name + ": " + message), LENGTH);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        line.getErr().println(of(failure));
        return ExitCode.FAILED;
    }
}

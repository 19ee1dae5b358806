package org.nostrmonitor.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** One run of a command line and what it printed. */
record CommandLineRun(int code, String out, String err) {
    static CommandLineRun of(Object command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                Commands.of(List.of(command)).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int code = line.execute(Commands.withCommand(arguments));
        return new CommandLineRun(code, out.toString(), err.toString());
    }
}

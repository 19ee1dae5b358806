package org.nostrmonitor.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Makes the data folder of a PostgreSQL that is not there yet. Blocking. */
final class NewPostgres {
    static final String USER = "nostrmonitor";
    static final String DATABASE = "nostrmonitor";

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private NewPostgres() {}

    /** All in a folder that gets its name last: a start that is cut off in the middle leaves nothing half made. */
    static void make(PostgresHome home) throws IOException {
        Path partial = home.path().resolve("data.unfinished");
        PostgresBinaries.delete(partial);
        Command initdb = home.command(
                TIMEOUT,
                "initdb",
                "--pgdata=" + partial,
                "--username=" + USER,
                "--pwfile=" + home.passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        check(initdb.run(), home);
        createDatabase(home, partial);
        Files.move(partial, home.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void createDatabase(PostgresHome home, Path partial) throws IOException {
        Path statement = home.path().resolve("create.sql");
        Files.writeString(statement, "CREATE DATABASE " + DATABASE + "\n");
        Command single = home.command(TIMEOUT, "postgres", "--single", "-D", partial.toString(), "postgres");
        int code = single.run(ProcessBuilder.Redirect.from(statement.toFile()));
        Files.delete(statement);
        check(code, home);
    }

    private static void check(int code, PostgresHome home) {
        if (code != 0) {
            throw new CannotStartPostgres(Command.reason(Command.tail(home.commandLog())));
        }
    }
}

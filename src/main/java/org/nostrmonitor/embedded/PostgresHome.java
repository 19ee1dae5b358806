package org.nostrmonitor.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/** The files of the embedded PostgreSQL, in {@code <dataDirectory>/postgres}, and how its programs are called. Blocking. */
record PostgresHome(Path path, Path binaries, Unprivileged unprivileged) {
    /** Makes the folder and unpacks the programs if need be, and gives all files to the user that the server runs as. */
    static PostgresHome in(Path dataDirectory, Path programs) throws IOException {
        Path path = Files.createDirectories(dataDirectory.resolve("postgres")).toRealPath();
        Path binaries = PostgresBinaries.in(programs.toAbsolutePath());
        Unprivileged unprivileged = Unprivileged.toRun(binaries.resolve("bin/postgres"), path.resolve("command.log"));
        unprivileged.own(path);
        return new PostgresHome(path, binaries, unprivileged);
    }

    Path data() {
        return path.resolve("data");
    }

    Path log() {
        return path.resolve("server.log");
    }

    Path passwordFile() {
        return path.resolve("password");
    }

    /** What the last program that was called has printed. */
    Path commandLog() {
        return path.resolve("command.log");
    }

    /** One of PostgreSQL's programs, called as the user it wants. */
    Command command(Duration timeout, String program, String... arguments) {
        String[] words = new String[arguments.length + 1];
        words[0] = binaries.resolve("bin").resolve(program).toString();
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        return new Command(unprivileged.line(words), commandLog(), timeout);
    }

    /** Keeps the log of the run before, which may say why it ended. */
    void turnLog() throws IOException {
        if (Files.exists(log())) {
            Files.move(log(), path.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Reads the password, or makes one for a server that is still to be made. */
    String password() throws IOException {
        if (Files.exists(passwordFile())) {
            return Files.readString(passwordFile()).strip();
        }
        if (Files.exists(data())) {
            throw new CannotStartPostgres("its data is there, but its password file is missing: " + passwordFile());
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Path partial = path.resolve("password.unfinished");
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(partial, password + "\n", StandardCharsets.US_ASCII);
        Files.move(partial, passwordFile(), StandardCopyOption.ATOMIC_MOVE);
        return password;
    }
}

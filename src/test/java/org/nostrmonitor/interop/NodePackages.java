package org.nostrmonitor.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packages and scripts of {@code src/test/interop}, installed into {@code target} by npm as its lock file says. */
final class NodePackages {
    private static final Path SOURCE = Path.of("src/test/interop");
    private static final Path INSTALLED = Path.of("target/interop");
    private static final String LOCK = "package-lock.json";
    private static final List<String> FILES = List.of("package.json", LOCK, "relays.js", "client.js");
    private static final Path DONE = INSTALLED.resolve("node_modules/.installed");

    /** The standard streams of the test belong to Surefire. */
    private static final ProcessBuilder.Redirect LOG =
            ProcessBuilder.Redirect.appendTo(INSTALLED.resolve("node.log").toFile());

    private static final int INSTALL_MINUTES = 9;

    private NodePackages() {}

    /** Whether node and npm are on this machine. */
    static boolean canBeThere() throws InterruptedException {
        return answers("node") && answers("npm");
    }

    private static boolean answers(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** Needs a registry the first time, and minutes if the SQLite binding has to be compiled. */
    static void install() throws IOException, InterruptedException {
        Files.createDirectories(INSTALLED);
        for (String file : FILES) {
            Files.copy(SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        String wanted = Files.readString(SOURCE.resolve(LOCK));
        if (Files.exists(DONE) && Files.readString(DONE).equals(wanted)) {
            return;
        }
        ProcessBuilder installer = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(LOG);
        // A third of the time to compile the SQLite binding; nobody asks here how fast it is then.
        installer.environment().putAll(Map.of("CFLAGS", "-O0", "CXXFLAGS", "-O0"));
        Process npm = installer.start();
        if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            npm.destroy();
            throw new IOException("npm ci failed: see " + LOG.file());
        }
        Files.writeString(DONE, wanted);
    }

    /** Starts a script, whose output is for the caller to read. */
    static Process run(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectError(LOG)
                .start();
    }
}

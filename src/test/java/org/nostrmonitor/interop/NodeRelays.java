package org.nostrmonitor.interop;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The relays of {@code src/test/interop} in a process of node. Needs npm, and a registry when they are installed first. */
final class NodeRelays implements AutoCloseable {
    private static final Path SOURCE = Path.of("src/test/interop");
    private static final Path INSTALLED = Path.of("target/interop");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "relays.js");

    /** The standard streams of the test belong to Surefire. */
    private static final ProcessBuilder.Redirect LOG =
            ProcessBuilder.Redirect.appendTo(INSTALLED.resolve("node.log").toFile());

    private static final int INSTALL_MINUTES = 9;

    private final Process process;
    private final JsonObject ports;

    private NodeRelays(Process process, JsonObject ports) {
        this.process = process;
        this.ports = ports;
    }

    /** The SQLite binding is compiled when it is installed: the first time takes minutes. */
    static NodeRelays start() throws IOException, InterruptedException {
        Files.createDirectories(INSTALLED);
        for (String file : FILES) {
            Files.copy(SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(INSTALLED.resolve("node_modules"))) {
            install();
        }
        Process node = new ProcessBuilder("node", "relays.js")
                .directory(INSTALLED.toFile())
                .redirectError(LOG)
                .start();
        BufferedReader out = node.inputReader();
        return new NodeRelays(node, new JsonObject(Objects.requireNonNull(out.readLine(), "node said nothing")));
    }

    private static void install() throws IOException, InterruptedException {
        Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(LOG)
                .start();
        if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            npm.destroy();
            throw new IOException("npm ci failed: see " + LOG.file());
        }
    }

    /** @param name {@code open}, {@code challenging} or {@code closed} */
    String url(String name) {
        return "ws://127.0.0.1:" + ports.getInteger(name) + "/";
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }
}

package org.nostrmonitor.interop;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Objects;

/** The relays of {@code src/test/interop} in a process of node. */
final class NodeRelays implements AutoCloseable {
    private final Process process;
    private final JsonObject ports;

    private NodeRelays(Process process, JsonObject ports) {
        this.process = process;
        this.ports = ports;
    }

    static NodeRelays start() throws IOException, InterruptedException {
        NodePackages.install();
        Process node = NodePackages.run("relays.js");
        String said = node.inputReader().readLine();
        return new NodeRelays(node, new JsonObject(Objects.requireNonNull(said, "node said nothing")));
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

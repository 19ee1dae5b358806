package org.nostrmonitor.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.nostrmonitor.simulator.SimulatedNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a simulated network until the process is told to end, or the thread is interrupted. */
@Command(
        name = "simulate",
        description = "Run a network of simulated relays on loopback.",
        mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
    private static final int PATIENCE_SECONDS = 60;
    private static final int MOST_DAYS = 400;
    /** Process supervisors kill after ten seconds. */
    private static final int STOP_SECONDS = 9;

    /** Runs a monitor in this process. */
    @FunctionalInterface
    public interface MonitorLauncher {
        /**
         * Starts it.
         *
         * @param config the configuration file to run it with
         * @return its exit code when it has ended; negative while it runs on
         */
        int launch(Path config);
    }

    private final MonitorLauncher monitor;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--relays", defaultValue = "100", description = "How many relays (default: ${DEFAULT-VALUE}).")
    private int relays;

    @Option(names = "--seed", defaultValue = "1", description = "The same seed gives the same relays.")
    private long seed;

    @Option(
            names = "--port",
            defaultValue = "7700",
            description = "The plain port; the next two are TLS and the target; 0 for any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--directory",
            defaultValue = "simulated",
            description = "Where its files are written (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("simulated");

    @Option(names = "--latency", defaultValue = "1", description = "Factor on the usual latencies; 0 for none.")
    private double latency;

    @Option(
            names = "--days",
            defaultValue = "0",
            description = "Invent so many days of history, up to 400, before the monitor starts (with --with-monitor).")
    private int days;

    @Option(names = "--with-monitor", description = "Run a monitor of this network too.")
    private boolean withMonitor;

    public SimulateCommand(MonitorLauncher monitor) {
        this.monitor = monitor;
    }

    @Override
    public Integer call() {
        SimulatedNetwork.Options options = options();
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> tellAndAwait(told, ended), "simulate-end"));
        Vertx vertx = Vertx.vertx();
        try {
            SimulatedNetwork network = await(SimulatedNetwork.start(vertx, options));
            print(network);
            if (days > 0) {
                new SimulatedPast(network, days, spec.commandLine().getOut()).make();
            }
            int code = withMonitor ? monitor.launch(network.config()) : -1;
            return code < 0 ? sleepUntil(told) : code;
        } catch (ExecutionException | TimeoutException e) {
            return fail("the network did not start: " + e.getMessage());
        } catch (InterruptedException e) {
            return 0;
        } finally {
            close(vertx);
            ended.countDown();
        }
    }

    private SimulatedNetwork.Options options() {
        if (days < 0 || days > MOST_DAYS || (days > 0 && !withMonitor)) {
            throw new ParameterException(
                    spec.commandLine(), "--days: 0 to " + MOST_DAYS + ", and only with --with-monitor");
        }
        try {
            return new SimulatedNetwork.Options(relays, seed, port, directory, latency);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** At Ctrl-C or SIGTERM: the process ends when this returns. */
    private static void tellAndAwait(CountDownLatch told, CountDownLatch ended) {
        told.countDown();
        try {
            if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int sleepUntil(CountDownLatch told) throws InterruptedException {
        told.await();
        return 0;
    }

    private void print(SimulatedNetwork network) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%d simulated relays: ws on 127.0.0.1:%d, wss on 127.0.0.1:%d, publish to %s%n",
                network.relays().size(),
                network.plainPort(),
                network.tlsPort(),
                network.target().url());
        out.println("  "
                + network.counts().entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().label())
                        .collect(Collectors.joining(", ")));
        out.printf("  URLs %s, truth %s%n", network.relayList(), network.expected());
        if (!withMonitor) {
            out.printf("Start a monitor of it: java -jar nostr-monitor.jar -conf %s%n", network.config());
            out.println("Ctrl-C ends it.");
        }
        out.flush();
    }

    private int fail(String why) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(why);
        err.flush();
        return 1;
    }

    /** Closes all ports with it. Also after an interrupt, which has done its work when this is reached. */
    private void close(Vertx vertx) {
        try {
            await(vertx.close());
        } catch (ExecutionException | TimeoutException e) {
            fail("the network did not end cleanly: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T await(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}

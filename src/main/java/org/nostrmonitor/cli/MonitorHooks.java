package org.nostrmonitor.cli;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.launcher.application.HookContext;
import io.vertx.launcher.application.VertxApplicationHooks;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.MonitorConfig;

/** What the Vert.x launcher is told: metrics, the cluster, the one verticle, and how a failure and a stop look. */
public final class MonitorHooks implements VertxApplicationHooks {
    /** Process supervisors kill after ten seconds; the rest is for the signal to arrive on a busy machine. */
    private static final Duration STOP_LIMIT = Duration.ofMillis(8_500);

    /** 128 + SIGTERM: what the JVM itself ends with. */
    private static final int TERMINATED = 143;

    /** The usual ones but for the method of requests: strangers invent methods, and each would be a series for ever. */
    private static final Set<Label> LABELS = Set.of(Label.HTTP_CODE, Label.POOL_TYPE, Label.POOL_NAME, Label.EB_SIDE);

    private final MonitorConfig config;
    private final PrometheusMeterRegistry registry;
    private final boolean clustered;
    private final Supplier<? extends Deployable> monitor;
    private final Supplier<Future<Void>> shutDown;
    private final PrintStream err;
    private volatile boolean failed;
    private volatile boolean stopping;

    /** @param shutDown ends the monitor's work in order, which closing Vert.x would end all at once */
    public MonitorHooks(
            MonitorConfig config,
            PrometheusMeterRegistry registry,
            boolean clustered,
            Supplier<? extends Deployable> monitor,
            Supplier<Future<Void>> shutDown,
            PrintStream err) {
        this.config = config;
        this.registry = registry;
        this.clustered = clustered;
        this.monitor = monitor;
        this.shutDown = shutDown;
        this.err = err;
    }

    @Override
    public VertxBuilder createVertxBuilder(VertxOptions options) {
        options.setMetricsOptions(
                new MicrometerMetricsOptions().setEnabled(true).setLabels(LABELS));
        options.getEventBusOptions().setHost(config.cluster().host());
        VertxBuilder builder = Vertx.builder().with(options).withMetrics(new MicrometerMetricsFactory(registry));
        return clustered
                ? builder.withClusterManager(new HazelcastClusterManager(ClusterSettings.of(config.cluster())))
                : builder;
    }

    @Override
    public Supplier<? extends Deployable> verticleSupplier() {
        return monitor;
    }

    @Override
    public void afterFailureToStartVertx(HookContext context, @Nullable Throwable failure) {
        tell(failure);
    }

    @Override
    public void afterFailureToDeployVerticle(HookContext context, @Nullable Throwable failure) {
        tell(failure);
    }

    /**
     * Nothing, if it was told to stop before it was up.
     *
     * @param failure null when the launcher's two minutes are over
     */
    private void tell(@Nullable Throwable failure) {
        if (stopping) {
            return;
        }
        failed = true;
        err.println("cannot start: " + (failure == null ? "not up after two minutes" : OneLine.of(failure)));
    }

    @Override
    public void beforeStoppingVertx(HookContext context) {
        stopping = true;
        Thread limit = new Thread(this::haltIfStillStopping, "stop-limit");
        limit.setDaemon(true);
        limit.start();
        shutDownInOrder();
    }

    /** On the thread of the JVM's shutdown hook, which may wait. */
    private void shutDownInOrder() {
        try {
            shutDown.get().toCompletionStage().toCompletableFuture().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            err.println("not everything could be stopped in order: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void haltIfStillStopping() {
        try {
            Thread.sleep(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        err.println("stopping took longer than " + STOP_LIMIT.toMillis() + " ms: gave up");
        Runtime.getRuntime().halt(failed ? ExitCode.FAILED : TERMINATED);
    }
}

package org.nostrmonitor.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.launcher.application.VertxApplication;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.StartFailure;

/** A process of its own, launched as {@code Main} launches, with a node that behaves as its first argument says. */
final class LaunchedNode extends VertxApplication {
    private LaunchedNode(String[] arguments, MonitorHooks hooks) {
        super(arguments, hooks, false, false);
    }

    public static void main(String[] arguments) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        MonitorHooks hooks = new MonitorHooks(
                MonitorConfig.DEFAULT,
                registry,
                false,
                () -> new Node(arguments[0], registry),
                Future::succeededFuture,
                System.err);
        int code = new LaunchedNode(new String[0], hooks).launch();
        if (code != 0) {
            System.exit(ExitCode.FAILED);
        }
    }

    private static final class Node extends VerticleBase {
        private final String behaviour;
        private final PrometheusMeterRegistry registry;

        Node(String behaviour, PrometheusMeterRegistry registry) {
            this.behaviour = behaviour;
            this.registry = registry;
        }

        @Override
        public Future<?> start() {
            return switch (behaviour) {
                case "portTaken" -> Future.failedFuture(new StartFailure("cannot listen on 127.0.0.1:8080"));
                case "broken" -> Future.failedFuture(new IllegalStateException("a bug"));
                default -> vertx.executeBlocking(() -> 1).onSuccess(ignored -> say("up " + meters()));
            };
        }

        private Set<String> meters() {
            Set<String> names = new TreeSet<>();
            registry.getMeters().forEach(meter -> names.add(meter.getId().getName()));
            names.retainAll(List.of("vertx.pool.completed"));
            return names;
        }

        @Override
        public Future<?> stop() {
            return behaviour.equals("neverStops")
                    ? Promise.promise().future()
                    : vertx.timer(300, java.util.concurrent.TimeUnit.MILLISECONDS)
                            .onSuccess(ignored -> say("stopped"));
        }

        private static void say(String line) {
            System.out.println(line);
        }
    }
}

package org.nostrmonitor.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: one port for pages, API, health and metrics. It only reads, but for what the admin token allows. */
public final class WebServer {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    /** A relay's URL may be 1,024 characters, three times that when percent-encoded. */
    private static final int LONGEST_REQUEST_LINE = 8 * 1024;

    private static final int MOST_HEADER_BYTES = 16 * 1024;
    private static final int IDLE_SECONDS = 30;
    private static final int LONGEST_FRAME = 64 * 1024;

    /** So nobody who asks rarely waits for the changes of an hour. */
    private static final long CURRENT_MILLIS = 5_000;

    /** A third of the time of the usual level, on the event loop, for a third more bytes: half a megabyte in 8 ms. */
    private static final int COMPRESSION = 2;

    private final Vertx vertx;
    private final Sources sources;
    private final WebSettings settings;
    private final Readiness readiness;
    private final PrometheusMeterRegistry metrics;
    private final InstantSource clock;
    private final Unlimited unlimited;
    private final Connections connections;
    private final CallerRate rate;
    private final @Nullable RelayDoor door;
    private volatile @Nullable HttpServer server;
    private volatile @Nullable LiveStream live;
    private volatile long timer = -1;

    /** Without a relay. */
    public WebServer(
            Vertx vertx,
            Sources sources,
            WebSettings settings,
            Readiness readiness,
            PrometheusMeterRegistry metrics,
            InstantSource clock) {
        this(vertx, sources, settings, readiness, metrics, clock, null);
    }

    /** @param door our own relay, served where pages are; or null */
    public WebServer(
            Vertx vertx,
            Sources sources,
            WebSettings settings,
            Readiness readiness,
            PrometheusMeterRegistry metrics,
            InstantSource clock,
            @Nullable RelayDoor door) {
        this.vertx = vertx;
        this.sources = sources;
        this.settings = settings;
        this.readiness = readiness;
        this.metrics = metrics;
        this.clock = clock;
        this.unlimited = new Unlimited(settings.limits().unlimitedAddresses());
        this.connections = new Connections(vertx, settings.limits(), unlimited, metrics);
        this.rate = new CallerRate(settings.limits().requestsPerSecond(), System::nanoTime);
        this.door = settings.pages() ? door : null;
    }

    /** Completes with the port it listens on; fails if that is taken, or with a {@code StartFailure} of the admin token. */
    public Future<Integer> start() {
        return Future.all(Assets.load(vertx), Templates.load(vertx), token())
                .compose(all -> router(all.resultAt(0), all.resultAt(1), new AdminGate(all.resultAt(2), clock)))
                .compose(this::listen)
                .map(listening -> {
                    server = listening;
                    beginStream();
                    keepCurrent();
                    LOG.info("serving http://{}:{}/", settings.host(), listening.actualPort());
                    return listening.actualPort();
                });
    }

    /** The port it listens on, or 0 while it does not. */
    public int port() {
        HttpServer listening = server;
        return listening == null ? 0 : listening.actualPort();
    }

    private void keepCurrent() {
        if (settings.pages()) {
            timer = vertx.setPeriodic(
                    0,
                    CURRENT_MILLIS,
                    id -> sources.views()
                            .keepCurrent()
                            .onFailure(fault -> LOG.debug("what changed in the list was not read", fault)));
        }
    }

    private void beginStream() {
        LiveStream stream = live;
        if (stream != null) {
            stream.start(sources.bus());
        }
    }

    /** Completes when the port is free again. */
    public Future<Void> stop() {
        HttpServer listening = server;
        LiveStream stream = live;
        server = null;
        vertx.cancelTimer(timer);
        if (stream != null && listening != null) {
            stream.stop();
        }
        RelayDoor relay = door;
        Future<Void> left = relay == null ? Future.succeededFuture() : relay.close();
        return listening == null ? left : left.eventually(listening::close);
    }

    /** A node without pages has nothing that would ask for it. */
    private Future<Optional<AdminToken>> token() {
        return settings.pages()
                ? AdminToken.read(vertx, settings.adminTokenFile())
                : Future.succeededFuture(Optional.empty());
    }

    private Future<Router> router(Assets assets, Templates templates, AdminGate gate) {
        Reading reading = new Reading(sources, settings.region(), clock);
        Frame.Site site = new Frame.Site(
                settings.name(),
                settings.publicKey(),
                assets.stylesheet().path(),
                assets.icon().path(),
                assets.script(),
                assets.earlyScript());
        Errors errors = new Errors(site, templates, reading);
        Router root = Router.router(vertx);
        root.route().handler(connections::asked);
        limitRate(root);
        SecurityHeaders.on(root);
        errors.on(root);
        assets.on(root);
        new HealthRoutes(readiness, clock).on(root);
        new MetricsRoute(vertx, metrics).on(root);
        if (!settings.pages()) {
            return Future.succeededFuture(root);
        }
        if (door != null) {
            new RelayRoutes(door).on(root);
        }
        AdminActions actions = new AdminActions(vertx, sources, clock);
        Pages pages = new Pages(
                vertx, site, settings.cron(), reading, templates, gate.enabled(), new SharedPages(vertx, clock));
        RelayRoute relay = new RelayRoute(pages);
        LiveStream stream = new LiveStream(vertx, reading, unlimited, metrics);
        live = stream;
        SystemRoute system = new SystemRoute(pages, stream.clients()::size, door);
        new OverviewRoute(pages).on(root);
        new StatisticsRoute(pages).on(root);
        new RelaysRoute(pages).on(root);
        new CompareRoute(pages).on(root);
        relay.on(root);
        new Feed(pages).on(root);
        system.on(root);
        new AdminForms(relay, system, gate, actions).on(root);
        ApiRoutes api = new ApiRoutes(vertx, reading, gate, actions, stream.clients());
        return ApiContract.parse(vertx, assets.contract().body())
                .compose(contract -> ApiPageRoute.load(pages, contract, settings.limits())
                        .compose(page -> {
                            page.on(root);
                            return api.mount(root, contract);
                        }));
    }

    private void limitRate(Router root) {
        root.route().handler(ctx -> {
            SocketAddress caller = ctx.request().remoteAddress();
            boolean free =
                    unlimited.has(caller) || HealthRoutes.isOne(ctx.request().path());
            Duration wait = free ? Duration.ZERO : rate.ask(Caller.site(caller));
            if (wait.isZero()) {
                ctx.next();
            } else {
                ctx.fail(Denied.tooOften(wait));
            }
        });
    }

    private Future<HttpServer> listen(Router router) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true)
                .setCompressionLevel(COMPRESSION)
                .setMaxWebSocketFrameSize(LONGEST_FRAME)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
        return vertx.createHttpServer(options)
                .connectionHandler(connections::opened)
                .requestHandler(handler(router))
                .invalidRequestHandler(WebServer::refuse)
                .listen();
    }

    /** A request for a WebSocket is no matter of the routes. */
    private Handler<HttpServerRequest> handler(Router router) {
        RelayDoor relay = door;
        if (relay == null) {
            return router;
        }
        relay.open();
        Upgrades upgrades = new Upgrades(relay, connections, unlimited, rate);
        return request -> {
            if (!upgrades.take(request)) {
                router.handle(request);
            }
        };
    }

    /** What is no HTTP request reaches no route. */
    private static void refuse(HttpServerRequest request) {
        request.response()
                .setStatusCode(status(request.decoderResult().cause()))
                .end()
                .eventually(() -> request.connection().close())
                .onFailure(gone -> LOG.debug("a bad request went away", gone));
    }

    private static int status(@Nullable Throwable fault) {
        if (fault instanceof TooLongHttpLineException) {
            return 414;
        }
        return fault instanceof TooLongHttpHeaderException ? 431 : 400;
    }
}

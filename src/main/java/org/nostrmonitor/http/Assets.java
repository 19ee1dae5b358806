package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The few files that never change while we run. Their URLs carry a hash, so browsers may keep them for ever. Modules import
 * each other by name, so all of them stand in one directory, with the hash of all.
 */
record Assets(Asset stylesheet, Asset icon, Asset contract, List<Asset> modules) {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String ASK = "no-cache";
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final int HASH_DIGITS = 12;

    /** Pages ask for the first two; the first loads the others as they are needed. */
    private static final List<String> MODULES = List.of(
            "main",
            "time",
            "search",
            "pick",
            "plot",
            "plotaxis",
            "plotdata",
            "check",
            "copy",
            "strip",
            "live",
            "cycle",
            "renew",
            "patch",
            "reader",
            "stream");

    /** Made to define a global name; one line makes a module of it. */
    private static final String CHART_LIBRARY = "META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.iife.min.js";

    private static final String AS_MODULE = "\nexport default uPlot;\n";

    Assets {
        modules = List.copyOf(modules);
    }

    record Asset(String path, String type, String cache, String etag, Buffer body) {}

    /** Reads them from the class path. */
    static Future<Assets> load(Vertx vertx) {
        return vertx.executeBlocking(() -> {
            List<Asset> modules = readModules();
            return new Assets(
                    hashed("web/style.css", "text/css; charset=utf-8"),
                    hashed("web/icon.svg", "image/svg+xml"),
                    named("openapi.yaml", ApiRoutes.BASE + "/openapi.yaml", "text/yaml; charset=utf-8"),
                    modules);
        });
    }

    /** The URL of the module that loads what a page needs. */
    String script() {
        return modules.get(0).path();
    }

    /** The URL of the module that has to run before a page is painted. */
    String earlyScript() {
        return modules.get(1).path();
    }

    void on(Router router) {
        List<Asset> all = new ArrayList<>(List.of(stylesheet, icon, contract));
        all.addAll(modules);
        all.forEach(asset -> router.get(asset.path()).method(HttpMethod.HEAD).handler(ctx -> serve(ctx, asset)));
    }

    private static void serve(RoutingContext ctx, Asset asset) {
        ctx.response().putHeader("Cache-Control", asset.cache()).putHeader("ETag", asset.etag());
        if (asset.path().equals(ApiRoutes.BASE + "/openapi.yaml")) {
            ctx.response().putHeader("Access-Control-Allow-Origin", "*");
        }
        if (asset.etag().equals(ctx.request().getHeader("If-None-Match"))) {
            Response.empty(ctx, 304);
        } else {
            Response.send(ctx, asset.type(), asset.body());
        }
    }

    private static List<Asset> readModules() throws IOException, NoSuchAlgorithmException {
        List<String> names = new ArrayList<>(MODULES);
        List<Buffer> bodies = new ArrayList<>();
        for (String name : MODULES) {
            bodies.add(read("web/js/" + name + ".js"));
        }
        names.add("uplot");
        bodies.add(read(CHART_LIBRARY).appendString(AS_MODULE));
        Buffer all = Buffer.buffer();
        bodies.forEach(all::appendBuffer);
        String hash = hash(all);
        List<Asset> modules = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String path = "/assets/" + hash + "/" + names.get(i) + ".js";
            modules.add(new Asset(path, JAVASCRIPT, FOR_EVER, etag(hash(bodies.get(i))), bodies.get(i)));
        }
        return modules;
    }

    private static Asset hashed(String file, String type) throws IOException, NoSuchAlgorithmException {
        Buffer body = read(file);
        String hash = hash(body);
        int dot = file.lastIndexOf('.');
        String name = file.substring(file.lastIndexOf('/') + 1, dot);
        return new Asset("/assets/" + name + "." + hash + file.substring(dot), type, FOR_EVER, etag(hash), body);
    }

    private static Asset named(String file, String path, String type) throws IOException, NoSuchAlgorithmException {
        Buffer body = read(file);
        return new Asset(path, type, ASK, etag(hash(body)), body);
    }

    /** Weak, since the same file is also sent compressed (RFC 9110 §8.8.1). */
    private static String etag(String hash) {
        return "W/\"" + hash + "\"";
    }

    private static Buffer read(String file) throws IOException {
        try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException(file + " is not in the jar");
            }
            return Buffer.buffer(in.readAllBytes());
        }
    }

    private static String hash(Buffer body) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes());
        return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    }
}

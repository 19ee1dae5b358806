package org.nostrmonitor.http;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The pages, compiled by the build. */
final class Templates {
    private static final int USUAL_SIZE = 64 * 1024;

    private static final List<String> PAGES =
            List.of("overview", "relays", "relay", "compare", "statistics", "system", "error");

    private final TemplateEngine engine;

    private Templates(TemplateEngine engine) {
        this.engine = engine;
    }

    /** Loads their classes, which takes a while. */
    static Future<Templates> load(Vertx vertx) {
        return vertx.executeBlocking(() -> {
            TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
            PAGES.forEach(page -> engine.prepareForRendering(page + ".jte"));
            return new Templates(engine);
        });
    }

    /**
     * Takes milliseconds, if the page is a big one.
     *
     * @param name of the template, without its ending
     */
    Buffer render(String name, Record page) {
        StringOutput html = new StringOutput(USUAL_SIZE);
        engine.render(name + ".jte", page, html);
        return Buffer.buffer(html.toString());
    }
}

package org.nostrmonitor.http;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.core.buffer.Buffer;

/** The pages, compiled by the build: rendering is string building, done on the event loop. */
final class Templates {
    private static final int USUAL_SIZE = 64 * 1024;

    private final TemplateEngine engine;

    private Templates(TemplateEngine engine) {
        this.engine = engine;
    }

    static Templates precompiled() {
        return new Templates(TemplateEngine.createPrecompiled(ContentType.Html));
    }

    /** @param name of the template, without its ending */
    Buffer render(String name, Record page) {
        StringOutput html = new StringOutput(USUAL_SIZE);
        engine.render(name + ".jte", page, html);
        return Buffer.buffer(html.toString());
    }
}

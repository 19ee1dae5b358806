package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.util.List;
import org.nostrmonitor.http.view.OverviewPage;
import org.nostrmonitor.http.view.Search;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.RelayViews.Page;

/** {@code /}: how the network is, and what broke just now. */
final class OverviewRoute {
    /** The rest of the overview is told while the list cannot be read. */
    private static final Page NOTHING = new Page(List.of(), 0, null);

    private final Pages pages;

    OverviewRoute(Pages pages) {
        this.pages = pages;
    }

    void on(Router router) {
        pages.page(router, "/", "overview", ctx -> overview());
    }

    private Future<OverviewPage> overview() {
        return Future.all(
                        pages.reading().now(),
                        pages.reading().overview(),
                        pages.reading()
                                .relays(Search.all(OverviewPage.ROWS).query())
                                .otherwise(NOTHING),
                        pages.reading().queue().workers())
                .map(all -> {
                    Told<Overview> overview = all.resultAt(1);
                    return OverviewPage.of(
                            pages.site(),
                            all.resultAt(0),
                            overview.value(),
                            overview.stale(),
                            all.resultAt(2),
                            all.resultAt(3));
                });
    }
}

package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpVerticleTest {
    @Test
    void servesWhileItIsDeployed() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            DemoSite site = new DemoSite(vertx, List.of(), InstantSource.system(), 0, null);
            String id = vertx.deployVerticle(new HttpVerticle(site.server)).await(20, TimeUnit.SECONDS);
            assertThat(site.server.port()).isPositive();
            vertx.undeploy(id).await(20, TimeUnit.SECONDS);
            assertThat(site.server.port()).isZero();
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }
}

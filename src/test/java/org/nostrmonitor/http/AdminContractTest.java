package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.CycleRequested;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.http.Contract.Operation;
import org.nostrmonitor.testing.CapturedLog;

/** Every admin route of the contract: without a token, with a wrong one, with the right one. */
class AdminContractTest {
    private static final String BODY = "{\"region\":\"eu-west\",\"all\":true}";
    private static final Map<String, String> BODIES = Map.of(
            "retryDeadLetters", BODY,
            "dropDeadLetters", BODY,
            "addRelays", "{\"urls\":[\"wss://a.example\"]}",
            "changeRelay", "{\"enabled\":true}",
            "changeConfig", "{\"retention\":{\"resultDays\":7}}");

    @TempDir
    static Path directory;

    private DemoClient demo;

    @BeforeEach
    void serve() throws Exception {
        demo = new DemoClient(DemoData.relays(), Tokens.file(directory));
        demo.site.bus.serve(Messages.CHECK_REQUESTED, request -> {
            demo.site.queue.acts.add("check");
            return Future.succeededFuture(new CheckRequested(true, List.of(new Ticket("eu-west", DemoClient.NOW))));
        });
        demo.site.bus.serve(
                Messages.CYCLE_REQUESTED,
                request -> Future.succeededFuture(
                        new CycleRequested(true, List.of(new Ticket("eu-west", DemoClient.NOW)), List.of())));
    }

    @AfterEach
    void close() throws Exception {
        demo.close();
    }

    static List<Operation> routes() throws IOException {
        return Contract.read().operations().stream().filter(Operation::admin).toList();
    }

    private HttpResponse<String> ask(Operation route, String... headers) throws Exception {
        return demo.send(route.method(), route.with(""), BODIES.getOrDefault(route.id(), ""), headers);
    }

    @Test
    void thereAreSome() throws Exception {
        assertThat(routes())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(route -> assertThat(route.path()).startsWith(AdminGate.BASE));
        assertThat(Contract.read().operations())
                .filteredOn(operation -> operation.path().startsWith(AdminGate.BASE))
                .allMatch(Operation::admin);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void withoutATokenAndWithAWrongOneNothingIsDoneAndWithTheRightOneItIsDoneAndLogged(Operation route)
            throws Exception {
        String json = "application/json";
        AdminApiTest.assertProblem(ask(route, "Content-Type", json), 401, "needs the admin token");
        AdminApiTest.assertProblem(
                ask(route, "Content-Type", json, "Authorization", "Bearer " + Tokens.RIGHT + "x"),
                401,
                "not the admin token");
        assertThat(demo.site.queue.acts).isEmpty();
        assertThat(demo.site.administration.actions).isEmpty();

        try (CapturedLog log = CapturedLog.of(Audit.class.getName())) {
            HttpResponse<String> done = ask(route, "Content-Type", json, "Authorization", "Bearer " + Tokens.RIGHT);
            assertThat(done.statusCode()).as(done.body()).isIn(200, 202);
            assertThat(new JsonObject(done.body()).isEmpty()).isFalse();
            int acts = route.method().equals("GET") ? 0 : 1;
            assertThat(demo.site.administration.actions).hasSize(acts);
            assertThat(log.lines())
                    .hasSize(acts)
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("INFO admin: ")
                            .contains("asked from 127.0.0.1")
                            .doesNotContain(Tokens.RIGHT));
        }
    }
}

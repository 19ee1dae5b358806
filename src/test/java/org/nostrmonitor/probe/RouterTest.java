package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

/** Ways to public addresses, none of which is dialled here. */
class RouterTest {
    private final ProbeLab lab = new ProbeLab();
    private final FakeDns dns = new FakeDns(lab.vertx);
    private final ContextInternal context = ((VertxInternal) lab.vertx).createEventLoopContext();
    private final List<String> resolved = new ArrayList<>();

    RouterTest() {
        lab.asking(dns);
        dns.name("both.test", "2600::1", "8.8.8.8", "8.8.4.4", "10.0.0.1");
        dns.name("six.test", "2600::1", "2600::2");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void leavesOutAFamilyThatThisMachineDoesNotHave() {
        assertThat(addresses("ws://both.test", Inet4Address.class::isInstance)).containsExactly("8.8.8.8", "8.8.4.4");
        assertThat(addresses("ws://both.test", Inet6Address.class::isInstance)).containsExactly("2600:0:0:0:0:0:0:1");
        assertThat(addresses("ws://both.test", any -> true))
                .containsExactly("8.8.8.8", "2600:0:0:0:0:0:0:1", "8.8.4.4");
    }

    @Test
    void keepsAllAddressesInTheOrderOfTheAttempts() {
        addresses("ws://both.test", Inet4Address.class::isInstance);
        assertThat(resolved).containsExactly("8.8.8.8", "8.8.4.4", "10.0.0.1", "2600:0:0:0:0:0:0:1");
    }

    @Test
    void doesNotTestWhatOnlyAnAbsentFamilyLeadsTo() {
        assertThat(objection("ws://six.test", Inet4Address.class::isInstance))
                .isEqualTo(new NotTested(Reason.NO_ROUTE, "no route from here to 2600::1, 2600::2"));
        assertThat(objection("ws://[2600::3]", Inet4Address.class::isInstance).reason())
                .isEqualTo(Reason.NO_ROUTE);
        assertThat(objection("ws://8.8.8.8", Inet6Address.class::isInstance).reason())
                .isEqualTo(Reason.NO_ROUTE);
    }

    @Test
    void asksTheKernelOnceForAFamilyAndNeverForThisMachine() {
        List<InetAddress> asked = new ArrayList<>();
        Routes routes = new Routes(address -> {
            asked.add(address);
            return false;
        });
        assertThat(routes.leadTo(literal("127.0.0.1"))).isTrue();
        assertThat(routes.leadTo(literal("fd00::1"))).isTrue();
        assertThat(asked).isEmpty();
        assertThat(routes.leadTo(literal("8.8.8.8"))).isFalse();
        assertThat(routes.leadTo(literal("8.8.4.4"))).isFalse();
        assertThat(routes.leadTo(literal("2600::1"))).isFalse();
        assertThat(asked).containsExactly(literal("8.8.8.8"), literal("2600::1"));
    }

    @Test
    void theKernelHasARouteToThisMachine() {
        assertThat(Routes.exists(literal("127.0.0.1"))).isTrue();
    }

    private List<String> addresses(String url, Predicate<InetAddress> reachable) {
        return ProbeLab.await(route(url, reachable)).addresses().stream()
                .map(InetAddress::getHostAddress)
                .toList();
    }

    private Outcome objection(String url, Predicate<InetAddress> reachable) {
        Future<Outcome> outcome =
                route(url, reachable).transform(result -> Future.succeededFuture(((Fault) result.cause()).outcome()));
        return ProbeLab.await(outcome);
    }

    private Future<Destination> route(String url, Predicate<InetAddress> reachable) {
        NameResolver names = new NameResolver(context, List.of(dns.address()), new Turnstile(10));
        Router router = new Router(lab.settings(), names, new Routes(reachable));
        resolved.clear();
        io.vertx.core.Promise<Destination> promise = io.vertx.core.Promise.promise();
        context.runOnContext(ignored -> router.route(RelayUrl.of(url), Deadline.in(ProbeLab.PATIENCE), log())
                .onComplete(promise));
        return promise.future().onComplete(done -> names.close());
    }

    private DialLog log() {
        return new DialLog() {
            @Override
            public void resolved(List<InetAddress> addresses) {
                addresses.forEach(address -> resolved.add(address.getHostAddress()));
            }

            @Override
            public void dialling(InetAddress address, @org.jspecify.annotations.Nullable Place place) {}

            @Override
            public void took(Stage stage, Timing timing) {}
        };
    }

    private static InetAddress literal(String text) {
        try {
            return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}

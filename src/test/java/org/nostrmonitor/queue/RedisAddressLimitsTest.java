package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.queue.Jobs.REGION;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.testing.RealRedis;

class RedisAddressLimitsTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private static AddressLimits limits(double perAddress, double perNetwork) {
        return new RedisAddressLimits(REDIS.client(), REGION, new Pace(0, perAddress, perNetwork, 0));
    }

    private static Duration turn(AddressLimits limits, String address) throws UnknownHostException {
        return await(limits.turn(InetAddress.getByName(address)));
    }

    private static void assertAbout(Duration wait, int seconds) {
        assertThat(wait).isBetween(Duration.ofSeconds(seconds - 15), Duration.ofSeconds(seconds));
    }

    @Test
    void reservesOneTurnAfterTheOther() throws Exception {
        AddressLimits limits = limits(0.01, 0);
        assertThat(turn(limits, "192.0.2.1")).isZero();
        assertAbout(turn(limits, "192.0.2.1"), 100);
        assertAbout(turn(limits, "192.0.2.1"), 200);
        assertThat(turn(limits, "192.0.2.2")).isZero();
    }

    @Test
    void letsASecondsWorthComeAtOnce() throws Exception {
        AddressLimits limits = limits(5, 0);
        for (int i = 0; i < 5; i++) {
            assertThat(turn(limits, "192.0.2.1")).isZero();
        }
    }

    @Test
    void aNetworkIsA24OfIpv4AndA48OfIpv6() throws Exception {
        AddressLimits limits = limits(0, 0.01);
        assertThat(turn(limits, "192.0.2.1")).isZero();
        assertAbout(turn(limits, "192.0.2.200"), 100);
        assertThat(turn(limits, "192.0.3.1")).isZero();
        assertThat(turn(limits, "2001:db8:1:1::1")).isZero();
        assertAbout(turn(limits, "2001:db8:1:ffff::2"), 100);
        assertThat(turn(limits, "2001:db8:2::1")).isZero();
    }

    @Test
    void theLaterOfTwoTurnsCounts() throws Exception {
        AddressLimits limits = limits(0.01, 0.02);
        assertThat(turn(limits, "192.0.2.1")).isZero();
        assertAbout(turn(limits, "192.0.2.2"), 50);
        assertAbout(turn(limits, "192.0.2.1"), 100);
    }

    @Test
    void anIpv4AddressInIpv6IsTheSame() throws Exception {
        AddressLimits limits = limits(0.01, 0);
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 1};
        assertThat(turn(limits, "192.0.2.1")).isZero();
        assertAbout(await(limits.turn(Inet6Address.getByAddress("mapped", mapped, 0))), 100);
    }

    @Test
    void regionsHaveTurnsOfTheirOwn() throws Exception {
        assertThat(turn(limits(0.01, 0), "192.0.2.1")).isZero();
        AddressLimits elsewhere = new RedisAddressLimits(REDIS.client(), "elsewhere", new Pace(0, 0.01, 0, 0));
        assertThat(turn(elsewhere, "192.0.2.1")).isZero();
    }

    @Test
    void withoutALimitEveryTurnIsNow() throws Exception {
        AddressLimits limits = limits(0, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(turn(limits, "192.0.2.1")).isZero();
        }
    }

    /** Of the names nothing comes here: an address is one rate, its network another. */
    @Test
    @DisplayName("a million names on one address")
    void aCrowdAtOneAddressHasTurnsForTenMinutesAndDelaysNobodyElse() throws Exception {
        AddressLimits limits = limits(5, 20);
        List<Duration> turns = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            List<Future<Duration>> asked = new ArrayList<>();
            for (int j = 0; j < 250; j++) {
                asked.add(limits.turn(InetAddress.getByName("192.0.2.1")));
            }
            turns.addAll(await(Future.all(asked)).list());
        }

        assertThat(turns)
                .filteredOn(turn -> turn.compareTo(AddressLimits.HORIZON) <= 0)
                .hasSizeBetween(3_000, 3_300);
        assertThat(turns).allMatch(turn -> turn.compareTo(AddressLimits.HORIZON.plusSeconds(1)) < 0);
        assertThat(turn(limits, "192.0.2.2")).as("a neighbour in its network").isLessThan(Duration.ofSeconds(170));
        assertThat(turn(limits, "198.51.100.1")).isZero();
        assertThat(turn(limits, "2001:db8::1")).isZero();
        assertThat(REDIS.command(Command.ZCARD, new Keys(REGION).rates()).toInteger())
                .isLessThanOrEqualTo(7);
    }
}

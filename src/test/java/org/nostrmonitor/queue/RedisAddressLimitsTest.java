package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.queue.Jobs.REGION;
import static org.nostrmonitor.testing.Await.await;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
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
}

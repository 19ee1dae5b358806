package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, this network",
        "0.255.255.255, this network",
        "10.0.0.1, private",
        "10.255.255.255, private",
        "100.64.0.0, carrier-grade NAT",
        "100.127.255.255, carrier-grade NAT",
        "127.0.0.1, loopback",
        "127.255.255.254, loopback",
        "169.254.169.254, link-local",
        "172.16.0.1, private",
        "172.31.255.255, private",
        "192.0.0.8, IETF protocol assignments",
        "192.0.2.1, documentation",
        "192.31.196.1, AS112",
        "192.52.193.1, multicast tunnelling",
        "192.88.99.1, 6to4 relay anycast",
        "192.168.1.1, private",
        "192.175.48.6, AS112",
        "198.18.0.1, benchmarking",
        "198.19.255.255, benchmarking",
        "198.51.100.1, documentation",
        "203.0.113.1, documentation",
        "224.0.0.1, multicast",
        "239.255.255.255, multicast",
        "240.0.0.1, reserved",
        "255.255.255.255, broadcast",
        "::, unspecified",
        "::1, loopback",
        "::7f00:1, IPv4-compatible",
        "::808:808, IPv4-compatible",
        "64:ff9b::7f00:1, NAT64 of loopback",
        "64:ff9b::a00:1, NAT64 of private",
        "64:ff9b:1::1, local-use NAT64",
        "::ffff:0:7f00:1, IPv4-translated",
        "100::1, discard-only",
        "100:0:0:1::1, dummy",
        "2001::1, Teredo",
        "2001:0:5ef5:79fb::1, Teredo",
        "2001:2::1, benchmarking",
        "2001:1::1, IETF protocol assignments",
        "2001:3::1, multicast tunnelling",
        "2001:4:112::1, AS112",
        "2001:10::1, ORCHID",
        "2001:20::1, ORCHIDv2",
        "2001:30::1, drone identifiers",
        "2001:1ff::1, IETF protocol assignments",
        "2001:db8::1, documentation",
        "3fff::1, documentation",
        "3fff:fff::1, documentation",
        "2002:7f00:1::1, 6to4",
        "2002:808:808::1, 6to4",
        "2620:4f:8000::1, AS112",
        "fc00::1, unique local",
        "fdff::1, unique local",
        "fe80::1, link-local",
        "febf::1, link-local",
        "fec0::1, site-local",
        "ff02::1, multicast",
        "1fff::1, outside global unicast",
        "4000::1, outside global unicast",
        "5f00::1, segment routing",
    })
    void refusesSpecialPurposeAddresses(String address, String why) {
        assertThat(AddressPolicy.PUBLIC_ONLY.objection(parsed(address))).isEqualTo(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.88.98.255",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2000::1",
                "2001:200::1",
                "2606:4700::1111",
                "2a01:4f8::1",
                "3ffe::1",
                "2003::1",
                "2620:4f:8001::1",
                "64:ff9b::808:808",
            })
    void permitsPublicAddresses(String address) {
        assertThat(AddressPolicy.PUBLIC_ONLY.objection(parsed(address))).isNull();
    }

    @Test
    void judgesTheIpv4AddressInAMappedOne() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;
        InetAddress address = Inet6Address.getByAddress(null, mapped, -1);
        assertThat(address).isInstanceOf(Inet6Address.class);
        assertThat(AddressPolicy.PUBLIC_ONLY.objection(address)).isEqualTo("loopback");
        assertThat(AddressPolicy.allowing(List.of("127.0.0.0/8")).permits(address))
                .isTrue();
    }

    @Test
    void opensExactlyTheBlocksNamed() {
        AddressPolicy policy = AddressPolicy.allowing(List.of("10.1.0.0/16", "fd00:1::/33", "192.168.7.7"));
        assertThat(policy.permits(parsed("10.1.2.3"))).isTrue();
        assertThat(policy.permits(parsed("10.2.0.1"))).isFalse();
        assertThat(policy.permits(parsed("fd00:1:7fff::1"))).isTrue();
        assertThat(policy.permits(parsed("fd00:1:8000::1"))).isFalse();
        assertThat(policy.permits(parsed("192.168.7.7"))).isTrue();
        assertThat(policy.permits(parsed("192.168.7.8"))).isFalse();
        assertThat(policy.permits(parsed("64:ff9b::a01:203"))).isFalse();
        assertThat(policy.permits(parsed("2002:a01:203::1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost/8",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "fc00::/129",
                "10.0.0.0/8x",
                "10.1.2.3/8",
                "fd00::1/8",
                "::ffff:10.0.0.0/8",
                "::ffff:10.0.0.0/104",
            })
    void rejectsWhatIsNoBlock(String cidr) {
        assertThatThrownBy(() -> AddressPolicy.allowing(List.of(cidr))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTheMonitorsOwnSocketsInABlockThatIsOpened() {
        AddressPolicy policy = AddressPolicy.allowing(List.of("0.0.0.0/0", "::/0"))
                .refusing(List.of(new InetSocketAddress(parsed("127.0.0.1"), 6_379)));
        assertThat(policy.objection(parsed("127.0.0.1"), 6_379)).isEqualTo("our own port 6379");
        assertThat(policy.objection(parsed("::ffff:127.0.0.1"), 6_379)).isEqualTo("our own port 6379");
        assertThat(policy.permits(parsed("0.0.0.0"), 6_379)).isFalse();
        assertThat(policy.permits(parsed("::"), 6_379)).isFalse();
        assertThat(policy.permits(parsed("127.0.0.2"), 6_379)).isTrue();
        assertThat(policy.permits(parsed("127.0.0.1"), 6_380)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void takesASocketOnAllAddressesForOneOnEachOfThisMachine(String everywhere) throws SocketException {
        AddressPolicy policy = AddressPolicy.allowing(List.of("0.0.0.0/0", "::/0"))
                .refusing(List.of(new InetSocketAddress(parsed(everywhere), 8_080)));
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .forEach(address -> assertThat(policy.permits(address, 8_080))
                        .as(address.toString())
                        .isFalse());
        assertThat(policy.permits(parsed("127.9.9.9"), 8_080)).isFalse();
        assertThat(policy.permits(parsed("8.8.8.8"), 8_080)).isTrue();
        assertThat(policy.permits(parsed("127.0.0.1"), 8_081)).isTrue();
    }

    private static InetAddress parsed(String literal) {
        try {
            return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(literal));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}

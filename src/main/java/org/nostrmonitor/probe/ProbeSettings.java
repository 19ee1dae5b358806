package org.nostrmonitor.probe;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.relay.Network;

/**
 * How relays are reached. Made once, shared by the probers of all event loops.
 *
 * @param addresses what may be dialled
 * @param dnsServers the name servers to ask; empty for those of the system
 * @param tls whom to believe
 * @param proxies SOCKS5, by the network that they lead to
 * @param places where addresses are
 * @param ways what all probers learn of the ways that can be out of order
 * @param budgets what all probers may hold together
 */
public record ProbeSettings(
        AddressPolicy addresses,
        List<InetSocketAddress> dnsServers,
        RelayTls tls,
        Map<Network, SocketAddress> proxies,
        Places places,
        Ways ways,
        Budgets budgets) {
    public ProbeSettings {
        dnsServers = List.copyOf(dnsServers);
        proxies = Map.copyOf(proxies);
    }

    /**
     * What the operator configured. Blocks: reads files of certificates, those of the JDK among them, and of places.
     *
     * @throws StartFailure if a value or a file cannot be used, or this process may open next to no files; its line says which
     */
    public static ProbeSettings of(MonitorConfig.Network network, MonitorConfig.Geo geo) {
        List<X509Certificate> issuers = network.trustedCertificates().stream()
                .flatMap(ProbeSettings::certificates)
                .toList();
        return new ProbeSettings(
                AddressPolicy.allowing(network.allowAddresses()),
                network.dnsServers().stream().map(ProbeSettings::server).toList(),
                RelayTls.trusting(issuers, RelayTls.engine()),
                proxies(network.proxies()),
                Places.of(geo),
                new Ways(),
                Budgets.ofThisProcess());
    }

    /**
     * The same for a monitor that listens itself: it is never dialled, whatever blocks are opened.
     *
     * @param listening of this node and of its databases; an unspecified address stands for all of this machine
     */
    public ProbeSettings refusing(Collection<InetSocketAddress> listening) {
        return new ProbeSettings(addresses.refusing(listening), dnsServers, tls, proxies, places, ways, budgets);
    }

    private static Stream<X509Certificate> certificates(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast);
        } catch (CertificateException e) {
            throw new StartFailure("network.trustedCertificates: " + file + " does not hold PEM certificates", e);
        } catch (IOException e) {
            throw new StartFailure("network.trustedCertificates: " + file + " cannot be read", e);
        }
    }

    /** {@code 9.9.9.9:53}, {@code [2620:fe::fe]:53}; the port may be left out. */
    private static InetSocketAddress server(String text) {
        boolean bracketed = text.startsWith("[");
        int colon = text.lastIndexOf(':');
        boolean hasPort = bracketed ? colon > text.lastIndexOf(']') : colon >= 0 && text.indexOf(':') == colon;
        String host = (hasPort ? text.substring(0, colon) : text).replaceAll("[\\[\\]]", "");
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : 53;
            if (address == null) {
                throw new StartFailure("network.dnsServers: not an IP address with a port: " + text);
            }
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (NumberFormatException | UnknownHostException e) {
            throw new StartFailure("network.dnsServers: not an IP address with a port: " + text, e);
        }
    }

    private static Map<Network, SocketAddress> proxies(Map<String, String> byLabel) {
        Map<Network, SocketAddress> proxies = new EnumMap<>(Network.class);
        byLabel.forEach((label, uri) -> proxies.put(Network.valueOf(label.toUpperCase(Locale.ROOT)), proxy(uri)));
        return proxies;
    }

    /** The host may be a name: it is the operator's, and is looked up at each use. */
    private static SocketAddress proxy(String text) {
        URI uri = URI.create(text);
        if (!"socks5".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 1) {
            throw new StartFailure("network.proxies: not socks5://host:port: " + text);
        }
        return SocketAddress.inetSocketAddress(uri.getPort(), uri.getHost().replaceAll("[\\[\\]]", ""));
    }
}

package org.nostrmonitor.probe;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Stage;

/**
 * TLS towards relays: one context for all hosts and event loops. Vert.x's own keeps a context per server name for ever, and
 * holds the certificate against the dialled IP address as well as the name.
 */
public final class RelayTls {
    private static final int MOST_CHAINS = 20_000;

    private final SslContext context;

    private RelayTls(SslContext context) {
        this.context = context;
    }

    /** The native engine where it loads (half the CPU of the JDK's), else the JDK's. */
    static SslProvider engine() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    /**
     * Trusts the issuers of the JDK and those given. Blocks: reads the JDK's certificates.
     *
     * @throws IllegalStateException if this machine cannot do TLS
     */
    static RelayTls trusting(List<X509Certificate> further, SslProvider engine) {
        try {
            SslContext context = SslContextBuilder.forClient()
                    .sslProvider(engine)
                    .trustManager(
                            new RelayTrust(pkix(further), new BelievedChains(InstantSource.system(), MOST_CHAINS)))
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
            forgetSessions(context);
            return new RelayTls(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no TLS on this machine", e);
        }
    }

    private static X509ExtendedTrustManager pkix(List<X509Certificate> further)
            throws GeneralSecurityException, IOException {
        List<X509Certificate> issuers = new ArrayList<>(further);
        issuers.addAll(Arrays.asList(manager(null).getAcceptedIssuers()));
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < issuers.size(); i++) {
            store.setCertificateEntry("issuer-" + i, issuers.get(i));
        }
        return manager(store);
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager pkix) {
                return pkix;
            }
        }
        throw new GeneralSecurityException("no PKIX trust manager");
    }

    /** A resumed session skips the certificate and is faster: each probe has to see and time the whole handshake. */
    private static void forgetSessions(SslContext context) {
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        } else {
            context.sessionContext().setSessionCacheSize(1);
            context.sessionContext().setSessionTimeout(1);
        }
    }

    /** The handler of one connection: sends the host as SNI if it is a name, and verifies the certificate against it. */
    SslHandler handler(ByteBufAllocator allocator, String host, int port, Deadline deadline) {
        SslHandler handler = context.newHandler(allocator, host, port);
        handler.setHandshakeTimeoutMillis(deadline.leftMillis());
        return handler;
    }

    /** What a failed handshake means; the connection's end is judged by who watched the wire. */
    static Fault fault(Throwable failure, WireGuard guard) {
        UntrustedCertificate untrusted = UntrustedCertificate.in(failure);
        return untrusted == null ? guard.handshakeFault(failure) : Fault.of(Stage.TLS, untrusted.reason(), untrusted);
    }
}

package org.nostrmonitor.simulator;

import io.netty.pkitesting.X509Bundle;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.Function;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the certificate by the name that the client asks for (SNI, RFC 6066 §3). Vert.x can do that too, but keeps a TLS
 * context for each name, which 100,000 names make too many.
 */
final class CertificateByName extends X509ExtendedKeyManager {
    private final SimulatedCertificates certificates;
    private final Function<String, Behaviour> behaviourOfHost;

    CertificateByName(SimulatedCertificates certificates, Function<String, Behaviour> behaviourOfHost) {
        this.certificates = certificates;
        this.behaviourOfHost = behaviourOfHost;
    }

    /** The alias is the behaviour's name. All keys are on P-256. */
    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        if (!keyType.equals("EC") && !keyType.equals("EC_EC")) {
            return null;
        }
        return behaviourOfHost.apply(engine == null ? "" : askedName(engine)).name();
    }

    private static String askedName(SSLEngine engine) {
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                return name instanceof SNIHostName host ? host.getAsciiName() : "";
            }
        }
        return "";
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        X509Bundle bundle = bundle(alias);
        return bundle == null ? null : bundle.getCertificatePath();
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        X509Bundle bundle = bundle(alias);
        return bundle == null ? null : bundle.getKeyPair().getPrivate();
    }

    private @Nullable X509Bundle bundle(String alias) {
        return Arrays.stream(Behaviour.values())
                .filter(behaviour -> behaviour.name().equals(alias))
                .findFirst()
                .map(certificates::of)
                .orElse(null);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {Behaviour.HEALTHY.name()};
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}

package dev.phoenix.server.auth.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.PEMFileKeyManager;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import dev.phoenix.server.settings.LdapSettings;
import dev.phoenix.server.settings.LdapSettings.ClientCertificate;
import dev.phoenix.server.settings.LdapSettings.Tls;
import dev.phoenix.server.settings.LdapSettings.TlsMode;
import dev.phoenix.server.settings.SettingsException;
import java.io.File;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Opens connections to the directory: encrypted before anything is said, or not at all. */
final class LdapServers {

    private final LdapSettings settings;
    private final LDAPConnectionOptions options;
    private final @Nullable SSLContext tls;

    LdapServers(LdapSettings settings, Duration connecting, Duration answering) {
        this.settings = settings;
        this.options = options(settings.tls(), connecting, answering);
        this.tls = settings.tls().mode() == TlsMode.NONE ? null : context(settings.tls());
    }

    /** In another order each time, so that each bears its share. */
    List<String> hosts() {
        List<String> hosts = new ArrayList<>(settings.hosts());
        Collections.shuffle(hosts);
        return hosts;
    }

    LDAPConnection connect(String host) throws LDAPException {
        if (tls != null && settings.tls().mode() == TlsMode.LDAPS) {
            return new LDAPConnection(tls.getSocketFactory(), options, host, settings.port());
        }
        LDAPConnection connection = new LDAPConnection(options, host, settings.port());
        try {
            if (tls != null) {
                startTls(connection, tls);
            }
            return connection;
        } catch (LDAPException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void startTls(LDAPConnection connection, SSLContext tls) throws LDAPException {
        var result = connection.processExtendedOperation(new StartTLSExtendedRequest(tls));
        if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
            throw new LDAPException(ResultCode.CONNECT_ERROR, "STARTTLS was refused");
        }
    }

    private static LDAPConnectionOptions options(Tls tls, Duration connecting, Duration answering) {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(Math.toIntExact(connecting.toMillis()));
        options.setResponseTimeoutMillis(answering.toMillis());
        options.setUseSynchronousMode(true);
        // Whoever refers us elsewhere would be told the password there.
        options.setFollowReferrals(false);
        options.setAutoReconnect(false);
        if (tls.verify()) {
            options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        }
        return options;
    }

    private static SSLContext context(Tls tls) {
        try {
            return new SSLUtil(keys(tls), trust(tls)).createSSLContext();
        } catch (GeneralSecurityException e) {
            throw new SettingsException(
                    "PHOENIX_LDAP_TLS_CA_CERT_FILE, PHOENIX_LDAP_TLS_CLIENT_CERT_FILE and PHOENIX_LDAP_TLS_CLIENT_KEY_FILE must be PEM files, but one of them cannot be read as such: convert it.",
                    e);
        }
    }

    private static TrustManager trust(Tls tls) throws GeneralSecurityException {
        if (!tls.verify()) {
            return new TrustAllTrustManager();
        }
        return tls.authorities().isPresent()
                ? new PEMFileTrustManager(file(tls.authorities().get()))
                : JVMDefaultTrustManager.getInstance();
    }

    private static @Nullable KeyManager keys(Tls tls) throws GeneralSecurityException {
        if (tls.clientCertificate().isEmpty()) {
            return null;
        }
        ClientCertificate certificate = tls.clientCertificate().get();
        return new PEMFileKeyManager(file(certificate.certificate()), file(certificate.key()));
    }

    private static File file(Path path) {
        return path.toFile();
    }
}

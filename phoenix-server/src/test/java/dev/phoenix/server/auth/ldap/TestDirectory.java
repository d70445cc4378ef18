package dev.phoenix.server.auth.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import com.unboundid.util.ssl.KeyStoreKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.cert.ManageCertificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** A directory with a few people in it: STARTTLS on one port, LDAPS on another. */
public final class TestDirectory implements AutoCloseable {

    public static final String PASSWORD = "pässword (*)\\ 1";
    static final String BASE = "dc=example,dc=com";
    static final String SERVICE = "cn=phoenix,dc=example,dc=com";
    static final String SERVICE_PASSWORD = "service-password";

    private static final char[] STORE_PASSWORD = "store-password".toCharArray();

    private final InMemoryDirectoryServer server;

    /** Making one takes longer than all a test asks. */
    private static final Map<String, Certificate> CERTIFICATES = new ConcurrentHashMap<>();

    private final Certificate certificate;
    private final Connections connections;

    private TestDirectory(
            InMemoryDirectoryServer server, Certificate certificate, Connections connections) {
        this.server = server;
        this.connections = connections;
        this.certificate = certificate;
    }

    /**
     * @param encrypts false refuses STARTTLS
     * @param host whom the certificate is for
     * @param interceptors see and change what is asked; with them the directory does not log when a
     *     connection ends
     */
    static TestDirectory start(
            boolean encrypts, String host, InMemoryOperationInterceptor... interceptors) {
        try {
            Certificate certificate =
                    CERTIFICATES.computeIfAbsent(host, TestDirectory::newCertificate);
            SSLContext tls = certificate.tls;
            var config = new InMemoryDirectoryServerConfig(BASE);
            config.addAdditionalBindCredentials(SERVICE, SERVICE_PASSWORD);
            config.setSchema(null);
            Connections connections = new Connections();
            config.setAccessLogHandler(connections);
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig(
                            "plain",
                            InetAddress.getLoopbackAddress(),
                            0,
                            encrypts ? tls.getSocketFactory() : null),
                    InMemoryListenerConfig.createLDAPSConfig(
                            "tls",
                            InetAddress.getLoopbackAddress(),
                            0,
                            tls.getServerSocketFactory(),
                            tls.getSocketFactory()));
            for (InMemoryOperationInterceptor interceptor : interceptors) {
                config.addInMemoryOperationInterceptor(interceptor);
            }
            var server = new InMemoryDirectoryServer(config);
            server.startListening();
            TestDirectory directory = new TestDirectory(server, certificate, connections);
            directory.add("dc=example,dc=com", "objectClass: top", "objectClass: domain");
            directory.add("ou=people,dc=example,dc=com", "objectClass: organizationalUnit");
            directory.add("ou=more,dc=example,dc=com", "objectClass: organizationalUnit");
            directory.add("ou=groups,dc=example,dc=com", "objectClass: organizationalUnit");
            return directory;
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    public static TestDirectory start() {
        return start(true, "localhost");
    }

    /** For {@code ou=people} and its like, with {@link #PASSWORD}. */
    public void addPerson(String unit, String uid, String... attributes) {
        List<String> lines = new ArrayList<>();
        lines.add("objectClass: inetOrgPerson");
        lines.add("userPassword: " + PASSWORD);
        lines.add("cn: " + uid);
        lines.add("sn: " + uid);
        lines.addAll(List.of(attributes));
        add("uid=%s,ou=%s,%s".formatted(uid, unit, BASE), lines.toArray(String[]::new));
    }

    public void addGroup(String name, String... attributes) {
        List<String> lines = new ArrayList<>(List.of("objectClass: groupOfNames"));
        lines.addAll(List.of(attributes));
        add("cn=%s,ou=groups,%s".formatted(name, BASE), lines.toArray(String[]::new));
    }

    void add(String dn, String... lines) {
        try {
            List<String> ldif = new ArrayList<>(List.of("dn: " + dn));
            ldif.addAll(List.of(lines));
            server.add(ldif.toArray(String[]::new));
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    public void change(String unit, String uid, String attribute, String value) {
        try {
            server.modify(
                    "dn: uid=%s,ou=%s,%s".formatted(uid, unit, BASE),
                    "changetype: modify",
                    "replace: " + attribute,
                    attribute + ": " + value);
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return server.getListenPort("plain");
    }

    int tlsPort() {
        return server.getListenPort("tls");
    }

    int connections() {
        return connections.open.size();
    }

    Path certificate() {
        return certificate.file;
    }

    /** Settings for this directory over verified STARTTLS; the given ones win, empty ones go. */
    public Map<String, String> environment(String... overrides) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PHOENIX_LDAP_HOST", "localhost");
        environment.put("PHOENIX_LDAP_PORT", Integer.toString(port()));
        environment.put("PHOENIX_LDAP_TLS_CA_CERT_FILE", certificate().toString());
        environment.put("PHOENIX_LDAP_BIND_DN", SERVICE);
        environment.put("PHOENIX_LDAP_BIND_PASSWORD", SERVICE_PASSWORD);
        environment.put("PHOENIX_LDAP_USER_SEARCH_BASE_DNS", "[\"ou=people,dc=example,dc=com\"]");
        environment.put("PHOENIX_LDAP_USER_SEARCH_FILTER", "(uid=%s)");
        environment.put("PHOENIX_LDAP_ATTR_EMAIL", "mail");
        environment.put(
                "PHOENIX_LDAP_GROUP_ROLE_MAPPINGS",
                """
                [{"group_dn": "cn=admins,ou=groups,dc=example,dc=com", "role": "ADMIN"},
                 {"group_dn": "cn=writers,ou=groups,dc=example,dc=com", "role": "member"},
                 {"group_dn": "cn=readers,ou=groups,dc=example,dc=com", "role": "VIEWER"}]""");
        for (int i = 0; i < overrides.length; i += 2) {
            environment.put("PHOENIX_LDAP_" + overrides[i], overrides[i + 1]);
        }
        environment.values().removeIf(String::isEmpty);
        return environment;
    }

    public void stop() {
        server.shutDown(true);
    }

    /** What servers of one name show, and the file for those who shall trust it. */
    private record Certificate(SSLContext tls, Path file) {}

    /** Self-signed. */
    private static Certificate newCertificate(String host) {
        try {
            Path folder = Files.createTempDirectory("phoenix-directory-");
            Path store = folder.resolve("store.p12");
            Path file = folder.resolve("certificate.pem");
            String password = new String(STORE_PASSWORD);
            run(
                    "generate-self-signed-certificate",
                    "--keystore",
                    store.toString(),
                    "--keystore-password",
                    password,
                    "--keystore-type",
                    "PKCS12",
                    "--alias",
                    "directory",
                    "--subject-dn",
                    "CN=" + host,
                    "--subject-alternative-name-dns",
                    host);
            run(
                    "export-certificate",
                    "--keystore",
                    store.toString(),
                    "--keystore-password",
                    password,
                    "--alias",
                    "directory",
                    "--output-format",
                    "PEM",
                    "--output-file",
                    file.toString());
            SSLContext tls =
                    new SSLUtil(
                                    new KeyStoreKeyManager(
                                            store.toFile(), STORE_PASSWORD, "PKCS12", "directory"),
                                    null)
                            .createSSLContext();
            List.of(store, file, folder).forEach(path -> path.toFile().deleteOnExit());
            return new Certificate(tls, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        var result = ManageCertificates.main(null, said, said, arguments);
        if (result.intValue() != 0) {
            throw new IllegalStateException(said.toString(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Knows those that are open, by what the directory logs. */
    private static final class Connections extends Handler {

        private static final Pattern LINE = Pattern.compile(".* (DIS)?CONNECT (conn=\\d+).*");

        private final Set<String> open = ConcurrentHashMap.newKeySet();

        @Override
        public void publish(LogRecord line) {
            Matcher matcher = LINE.matcher(line.getMessage());
            if (matcher.matches()) {
                if (matcher.group(1) == null) {
                    open.add(matcher.group(2));
                } else {
                    open.remove(matcher.group(2));
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}

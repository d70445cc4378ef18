package dev.phoenix.server.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The directory people log in with.
 *
 * @param hosts any of them answers for all
 * @param bind who searches; without it the search is anonymous
 * @param roles the first one that fits decides
 * @param signUp whether somebody who was never here before gets an account
 */
public record LdapSettings(
        List<String> hosts,
        int port,
        Tls tls,
        Optional<Bind> bind,
        Users users,
        Optional<Groups> groups,
        List<GroupRole> roles,
        boolean signUp) {

    /** The group DN that stands for everybody. */
    public static final String EVERYBODY = "*";

    public enum TlsMode {
        STARTTLS,
        LDAPS,
        NONE
    }

    /**
     * @param verify false encrypts without knowing for whom
     * @param authorities PEM file of whom to trust, instead of the Java platform's
     */
    public record Tls(
            TlsMode mode,
            boolean verify,
            Optional<Path> authorities,
            Optional<ClientCertificate> clientCertificate) {}

    public record ClientCertificate(Path certificate, Path key) {}

    public record Bind(String dn, Secret password) {}

    /**
     * How people are found, and which attributes tell about them.
     *
     * @param filter with %s where the name they typed belongs
     * @param email none where people have no address here
     * @param memberOf lists their groups, unless groups are searched for
     * @param uniqueId stays the same when all else changes
     */
    public record Users(
            List<String> bases,
            String filter,
            Optional<String> email,
            String displayName,
            String memberOf,
            Optional<String> uniqueId) {}

    /**
     * How the groups of somebody are found.
     *
     * @param userAttribute whose value stands for %s in the filter, the name they typed without it
     */
    public record Groups(List<String> bases, String filter, Optional<String> userAttribute) {}

    public record GroupRole(String groupDn, AssignableRole role) {}

    static Optional<LdapSettings> read(SettingsReader reader) {
        return new LdapSettingsReader(reader).read();
    }
}

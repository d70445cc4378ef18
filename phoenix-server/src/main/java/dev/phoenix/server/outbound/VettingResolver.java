package dev.phoenix.server.outbound;

import dev.phoenix.server.settings.OutboundSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks at the addresses a connection is about to be made to. Nothing is looked up again between
 * here and the connection, so a name cannot lead somewhere else meanwhile.
 */
final class VettingResolver implements DnsResolver {

    private final HostResolver resolver;
    private final OutboundSettings settings;

    VettingResolver(HostResolver resolver, OutboundSettings settings) {
        this.resolver = resolver;
        this.settings = settings;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        String plain = host.replaceAll("^\\[|]$", "");
        InetAddress[] addresses = resolver.resolve(plain);
        for (InetAddress address : addresses) {
            if (Addresses.isMetadata(address)) {
                throw metadata(plain);
            }
            if (!Addresses.isPublic(address) && !settings.allows(plain, address)) {
                throw OutboundException.refused(
                        "%s leads to a private address; if it is meant, list it in %s"
                                .formatted(plain, OutboundSettings.VARIABLE));
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    static OutboundException metadata(String host) {
        return OutboundException.refused(
                "%s is a metadata service, which is never asked; not even when %s lists it"
                        .formatted(host, OutboundSettings.VARIABLE));
    }
}

package dev.phoenix.server.outbound;

import dev.phoenix.server.settings.AddressRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/** Which addresses belong to the internet at large. */
final class Addresses {

    /** Of the registry of special-purpose addresses, all that are not for everybody. */
    private static final List<AddressRange> SPECIAL_IPV4 =
            ranges(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4");

    private static final AddressRange GLOBAL_IPV6 = range("2000::/3");

    /** Teredo, documentation, and 6to4, whose addresses hold IPv4 addresses. */
    private static final List<AddressRange> SPECIAL_IPV6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** They hand out credentials of the machine to whoever asks from it. */
    private static final List<AddressRange> METADATA =
            ranges(
                    "169.254.169.254",
                    "169.254.170.2",
                    "169.254.170.23",
                    "100.100.100.200",
                    "168.63.129.16",
                    "192.0.0.192",
                    "fd00:ec2::254",
                    "fd00:ec2::23",
                    "fd20:ce::254");

    private static final Set<String> METADATA_NAMES =
            Set.of(
                    "metadata",
                    "metadata.google.internal",
                    "metadata.goog",
                    "metadata.azure.internal",
                    "instance-data",
                    "instance-data.ec2.internal");

    private Addresses() {}

    static boolean isMetadata(String host) {
        return METADATA_NAMES.contains(host);
    }

    static boolean isMetadata(InetAddress address) {
        return contains(METADATA, address);
    }

    static boolean isPublic(InetAddress address) {
        return address instanceof Inet4Address
                ? !contains(SPECIAL_IPV4, address) && !isMetadata(address)
                : GLOBAL_IPV6.contains(address) && !contains(SPECIAL_IPV6, address);
    }

    private static boolean contains(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static List<AddressRange> ranges(String... texts) {
        return List.of(texts).stream().map(Addresses::range).toList();
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow();
    }
}

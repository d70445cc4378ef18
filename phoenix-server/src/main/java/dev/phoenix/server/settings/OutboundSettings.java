package dev.phoenix.server.settings;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What requests to URLs of users may reach besides public addresses over https.
 *
 * @param hosts by name
 * @param ranges by address
 */
public record OutboundSettings(Set<String> hosts, List<AddressRange> ranges) {

    public static final String VARIABLE = "PHOENIX_ALLOWED_PRIVATE_PROVIDER_HOSTS";

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?");

    static OutboundSettings read(SettingsReader reader) {
        Set<String> hosts = new HashSet<>();
        List<AddressRange> ranges = new ArrayList<>();
        for (String entry : reader.text(VARIABLE).orElse("").split(",", -1)) {
            String text = entry.strip().toLowerCase(Locale.ROOT);
            AddressRange.parse(text).ifPresentOrElse(ranges::add, () -> addName(hosts, text));
        }
        return new OutboundSettings(Set.copyOf(hosts), List.copyOf(ranges));
    }

    private static void addName(Set<String> hosts, String text) {
        if (text.isEmpty()) {
            return;
        }
        if (!NAME.matcher(text).matches()) {
            throw new SettingsException(
                    "%s must be a comma-separated list of host names, addresses and ranges, had '%s': write them like ollama.internal or 10.1.0.0/16, without scheme and port."
                            .formatted(VARIABLE, text));
        }
        hosts.add(text);
    }

    public boolean allows(String host, InetAddress address) {
        return hosts.contains(host) || ranges.stream().anyMatch(range -> range.contains(address));
    }
}

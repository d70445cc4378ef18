package dev.phoenix.core.config;

import static dev.phoenix.core.config.Variable.OTEL_EXPORTER_OTLP_HEADERS;
import static dev.phoenix.core.config.Variable.PHOENIX_API_KEY;
import static dev.phoenix.core.config.Variable.PHOENIX_CLIENT_HEADERS;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** API key and headers. A key from one place never travels with headers from another file. */
record Credentials(
        Tier process,
        Tier file,
        Optional<String> explicitKey,
        Map<String, String> explicitHeaders) {

    private static final String AUTHORIZATION = "authorization";

    Optional<Sourced<String>> apiKey() {
        return explicitKey
                .map(Sourced::explicit)
                .or(() -> tier(Variable.API_CREDENTIALS).get(PHOENIX_API_KEY));
    }

    Optional<Provenance> headersSource() {
        return explicitHeaders.isEmpty()
                ? tier(Variable.API_CREDENTIALS).get(PHOENIX_CLIENT_HEADERS).map(Sourced::source)
                : Optional.of(new Provenance.Explicit());
    }

    /** Explicit headers, completed by those of the surroundings that they lack. */
    Map<String, String> forApi() {
        Tier tier = tier(Variable.API_CREDENTIALS);
        Map<String, String> headers = new LinkedHashMap<>(read(tier, PHOENIX_CLIENT_HEADERS));
        headers.putAll(explicitHeaders);
        return authorized(headers, tier);
    }

    /** Explicit headers instead of those of the surroundings. */
    Map<String, String> forExport() {
        Tier tier = tier(Variable.EXPORT_CREDENTIALS);
        Map<String, String> headers = new LinkedHashMap<>(explicitHeaders);
        if (headers.isEmpty()) {
            headers.putAll(read(tier, OTEL_EXPORTER_OTLP_HEADERS));
            headers.putAll(read(tier, PHOENIX_CLIENT_HEADERS));
        }
        return authorized(headers, tier);
    }

    /** Who gave credentials, if it was code or process rather than the file. */
    Optional<String> givenOutsideFile() {
        if (explicitKey.isPresent() || !explicitHeaders.isEmpty()) {
            return Optional.of(new Provenance.Explicit().toString());
        }
        return Variable.EXPORT_CREDENTIALS.stream()
                .flatMap(variable -> process.get(variable).stream())
                .map(found -> found.source().toString())
                .findFirst();
    }

    private Map<String, String> authorized(Map<String, String> headers, Tier tier) {
        explicitKey.ifPresent(key -> headers.put(AUTHORIZATION, "Bearer " + key));
        if (!headers.containsKey(AUTHORIZATION)) {
            tier.get(PHOENIX_API_KEY)
                    .ifPresent(key -> headers.put(AUTHORIZATION, "Bearer " + key.value()));
        }
        return Map.copyOf(headers);
    }

    private Tier tier(List<Variable> group) {
        return process.claims(group) ? process : file;
    }

    private static Map<String, String> read(Tier tier, Variable variable) {
        return tier.get(variable).map(HeaderText::parse).orElse(Map.of());
    }
}

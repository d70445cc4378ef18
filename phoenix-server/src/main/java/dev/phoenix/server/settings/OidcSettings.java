package dev.phoenix.server.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The identity providers people log in with, by name. */
public record OidcSettings(List<IdentityProvider> providers) {

    static OidcSettings read(SettingsReader reader) {
        List<IdentityProvider> providers =
                reader.names().stream()
                        .flatMap(name -> IdentityProviderReader.providerOf(name).stream())
                        .distinct()
                        .sorted()
                        .map(name -> new IdentityProviderReader(reader, name).read())
                        .toList();
        providers.stream()
                .collect(Collectors.groupingBy(IdentityProvider::name, Collectors.counting()))
                .forEach(OidcSettings::requireOne);
        providers.stream()
                .collect(Collectors.groupingBy(IdentityProvider::clientId))
                .forEach(OidcSettings::requireOneProvider);
        List<String> automatic =
                providers.stream()
                        .filter(IdentityProvider::autoLogin)
                        .map(IdentityProvider::name)
                        .toList();
        if (automatic.size() > 1) {
            throw new SettingsException(
                    "PHOENIX_OAUTH2_<IDP>_AUTO_LOGIN may be TRUE for one provider only, was for %s: unset it for the others."
                            .formatted(String.join(", ", automatic)));
        }
        return new OidcSettings(providers);
    }

    private static void requireOne(String name, long times) {
        if (times > 1) {
            throw new SettingsException(
                    "the variables of the identity provider '%s' must be written in one way, but %d ways differ in upper and lower case: rename some."
                            .formatted(name, times));
        }
    }

    /**
     * Accounts are known by client id and subject, and subjects are unique at one provider only.
     */
    private static void requireOneProvider(String clientId, List<IdentityProvider> sharing) {
        if (sharing.stream().map(IdentityProvider::discovery).distinct().count() > 1) {
            throw new SettingsException(
                    "PHOENIX_OAUTH2_<IDP>_CLIENT_ID must differ between providers, but %s have '%s', so people with the same subject at both would share an account: register a client of its own for each."
                            .formatted(
                                    sharing.stream()
                                            .map(IdentityProvider::name)
                                            .collect(Collectors.joining(" and ")),
                                    clientId));
        }
    }

    /** Where people are sent who cannot log in any other way. */
    public Optional<IdentityProvider> autoLogin() {
        return providers.stream().filter(IdentityProvider::autoLogin).findFirst();
    }
}

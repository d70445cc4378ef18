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

    /** Where people are sent who cannot log in any other way. */
    public Optional<IdentityProvider> autoLogin() {
        return providers.stream().filter(IdentityProvider::autoLogin).findFirst();
    }
}

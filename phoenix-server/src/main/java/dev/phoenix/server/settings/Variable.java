package dev.phoenix.server.settings;

import java.util.regex.Pattern;

/**
 * A {@code PHOENIX_*} variable people may have set.
 *
 * @param name with {@code <IDP>} where users choose a part of it
 * @param purpose what it is for, in a few words
 */
public record Variable(String name, Origin origin, Availability availability, String purpose) {

    /** Whose idea the variable is. */
    public enum Origin {
        CONTRACT,
        OWN
    }

    /** What this version does with it. */
    public enum Availability {
        /** The server obeys it. */
        PRESENT,
        /** The server will obey it. */
        LATER,
        /** Read by exporters and clients, not by a server. */
        CLIENT,
        /** Has no meaning here; setting it is answered with a warning. */
        IGNORED
    }

    boolean matches(String candidate) {
        return name.equals(candidate)
                || (name.contains("<IDP>")
                        && Pattern.matches(name.replace("<IDP>", "\\w+"), candidate));
    }
}

package dev.phoenix.server.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a directory or an identity provider may make of somebody. SYSTEM is nobody's to give. */
public enum AssignableRole {
    ADMIN,
    MEMBER,
    VIEWER;

    public static Optional<AssignableRole> find(String name) {
        String wanted = name.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(role -> role.name().equals(wanted)).findFirst();
    }
}

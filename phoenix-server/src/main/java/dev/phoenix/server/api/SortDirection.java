package dev.phoenix.server.api;

import java.util.Locale;

/** Which end of a list comes first. */
public enum SortDirection implements WireEnum {
    ASC,
    DESC;

    @Override
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean descending() {
        return this == DESC;
    }
}

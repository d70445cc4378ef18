package dev.phoenix.server.project;

import dev.phoenix.server.api.WireEnum;

/** What projects can be sorted by. */
enum ProjectColumn implements WireEnum {
    NAME("name"),
    END_TIME("endTime");

    private final String wireName;

    ProjectColumn(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}

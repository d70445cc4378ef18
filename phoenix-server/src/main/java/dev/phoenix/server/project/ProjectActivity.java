package dev.phoenix.server.project;

import org.jooq.Field;

/** What the list of projects needs to know about their traces. */
public interface ProjectActivity {

    /** When the latest trace of a project ended, in nanoseconds; 0 without traces. */
    Field<Long> latestEnd(Field<Long> projectKey);
}

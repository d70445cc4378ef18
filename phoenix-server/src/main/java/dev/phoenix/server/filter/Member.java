package dev.phoenix.server.filter;

/** A name of something that each row has. */
record Member(String name, Kind kind, String category, String description) {

    static Member text(String category, String name, String description) {
        return new Member(name, Kind.TEXT, category, description);
    }

    static final String ANNOTATOR_KIND = "annotator_kind";

    static Member number(String category, String name, String description) {
        return new Member(name, Kind.NUMBER, category, description);
    }

    static Member time(String category, String name, String description) {
        return new Member(name, Kind.DATETIME, category, description);
    }

    /** Whether literals compared with it are read in upper case. */
    boolean isFolded() {
        return name.equals("span_kind")
                || name.equals("status_code")
                || name.equals(ANNOTATOR_KIND);
    }
}

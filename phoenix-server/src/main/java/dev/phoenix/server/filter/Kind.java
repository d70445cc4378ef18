package dev.phoenix.server.filter;

/** What a value of a condition is. */
public enum Kind {
    TEXT("string", "text"),
    NUMBER("number", "a number"),
    DATETIME("datetime", "a time"),
    BOOLEAN("boolean", "true or false"),
    /** An attribute: whatever its sender made of it. */
    JSON("string", "an attribute"),
    /** Several texts, which can only be searched. */
    CONTAINMENT("containment", "a text to search in");

    private final String wireName;
    private final String phrase;

    Kind(String wireName, String phrase) {
        this.wireName = wireName;
        this.phrase = phrase;
    }

    public String wireName() {
        return wireName;
    }

    String phrase() {
        return phrase;
    }
}

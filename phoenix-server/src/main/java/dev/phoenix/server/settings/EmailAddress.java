package dev.phoenix.server.settings;

import java.util.regex.Pattern;

/** What counts as an address where nobody can ask its mail server. */
public final class EmailAddress {

    public static final int LONGEST = 320;

    private static final Pattern FORM = Pattern.compile("[^@\\s]+@[^@\\s]+[.][^@\\s]+");

    private EmailAddress() {}

    /** Whether the text, without blanks around it, has the form of one. */
    public static boolean is(String text) {
        return text.length() <= LONGEST
                && FORM.matcher(text).matches()
                && text.chars().noneMatch(Character::isISOControl);
    }
}

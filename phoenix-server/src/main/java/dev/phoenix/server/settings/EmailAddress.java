package dev.phoenix.server.settings;

import java.util.regex.Pattern;

/** What counts as an address where nobody can ask its mail server. */
public final class EmailAddress {

    public static final int LONGEST = 320;

    /** Blanks are those of all scripts. */
    private static final Pattern FORM =
            Pattern.compile("[^@\\s]+@[^@\\s]+[.][^@\\s]+", Pattern.UNICODE_CHARACTER_CLASS);

    /** What would make two addresses look the same. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}]");

    private EmailAddress() {}

    /** Whether the text, without blanks around it, has the form of one. */
    public static boolean is(String text) {
        return text.length() <= LONGEST
                && FORM.matcher(text).matches()
                && !UNSEEN.matcher(text).find();
    }
}

package dev.phoenix.server.auth.account;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.settings.EmailAddress;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How names and addresses are written, and when two of them are the same. */
public final class AccountNames {

    private static final int LONGEST = EmailAddress.LONGEST;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    /** What makes two names look the same, or one look like something else. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Zl}\\p{Zp}]");

    /**
     * Letters and marks that show nothing, or a blank: fillers of Hangul, the Braille pattern
     * without dots, joiners, variation selectors. Some belong to emoji, so names may hold them.
     */
    private static final Pattern UNSEEN =
            Pattern.compile(
                    "[\\p{Cf}\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2800\\u3164\\ufe00-\\ufe0f\\uffa0\\x{e0100}-\\x{e01ef}]");

    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private AccountNames() {}

    /** As addresses are stored and shown: trimmed, in lower case. */
    public static String email(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether somebody else tells exactly the address that is stored, but for letter case. Letters
     * that only look alike, or become the same in lower case, are another address.
     */
    public static boolean isAddress(@Nullable String stored, String told) {
        return stored != null && email(told).equals(stored) && ascii(told.strip()) == ascii(stored);
    }

    private static long ascii(String text) {
        return text.chars().filter(character -> character < 128).count();
    }

    /** An address as stored, or 422. */
    public static String checkedEmail(String text) {
        String email = email(text);
        if (!isEmail(email)) {
            throw ApiException.unprocessable(
                    "email must be an address like ann@example.com of at most %d characters, was '%s'"
                            .formatted(LONGEST, shown(text)));
        }
        return email;
    }

    /** Whether it looks like an address, as others tell it. */
    public static boolean isEmail(String text) {
        return EmailAddress.is(email(text));
    }

    /** A name as others tell it, as stored; empty if nothing of it is left. */
    public static Optional<String> username(String text) {
        String name =
                INVISIBLE.matcher(text.replaceAll("[\\p{Cc}\\p{Cs}]", " ")).replaceAll("").strip();
        return Optional.of(name.substring(0, Math.min(LONGEST, name.length())).strip())
                .filter(kept -> !kept.isEmpty());
    }

    /** A name as stored, or 422. */
    public static String checkedUsername(String text) {
        String name = text.strip();
        if (key(name).isEmpty()
                || name.length() > LONGEST
                || CONTROL.matcher(name).find()
                || INVISIBLE.matcher(name).find()) {
            throw ApiException.unprocessable(
                    "username must have 1..%d characters, none of them a control character or invisible (such as U+200B or U+202E), was '%s'"
                            .formatted(LONGEST, shown(text)));
        }
        return name;
    }

    /**
     * The same for all ways to write a name that look alike: letter case, composed and compatible
     * characters, what is not seen, and blanks.
     */
    public static String key(String name) {
        String seen = UNSEEN.matcher(name).replaceAll("");
        String folded =
                Normalizer.normalize(
                                BLANKS.matcher(seen).replaceAll(" ").strip(), Normalizer.Form.NFKC)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    private static String shown(String text) {
        String printable = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
        return printable.length() > 80 ? printable.substring(0, 80) + "…" : printable;
    }
}

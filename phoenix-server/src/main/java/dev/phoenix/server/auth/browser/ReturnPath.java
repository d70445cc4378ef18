package dev.phoenix.server.auth.browser;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where to go on after a log-in: only within this server, whatever the request asked for. */
public final class ReturnPath {

    private static final String HOME = "/";
    private static final int MAX_DECODINGS = 3;

    /** It travels in a cookie and in an address, which may be just so long. */
    private static final int LONGEST_BYTES = 2000;

    private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.{1,2}(/|$)");

    /** What browsers or proxies take for another host, or drop before they look. */
    private static final Pattern UNSAFE_PATH =
            Pattern.compile("^(?!/)|^/[/\\\\]|[\\p{Cntrl}\\s\\\\@]");

    /** Behind the path nothing names a host any more; people search for texts with blanks. */
    private static final Pattern UNSAFE_QUERY = Pattern.compile("[\\p{Cntrl}\\\\]");

    private ReturnPath() {}

    /**
     * Returns the path if it is one of this server's, else the home page.
     *
     * @param asked without the root path
     */
    public static String checked(@Nullable String asked) {
        return asked != null
                        && asked.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES
                        && isSafe(asked)
                ? asked
                : HOME;
    }

    private static boolean isSafe(String asked) {
        String path = asked.split("[?#]", 2)[0];
        return isSafe(path, ReturnPath::isUnsafePath)
                && isSafe(asked.substring(path.length()), UNSAFE_QUERY.asPredicate());
    }

    /** However often it is decoded on the way. */
    private static boolean isSafe(String part, Predicate<String> unsafe) {
        String decoded = part;
        for (int i = 0; i < MAX_DECODINGS; i++) {
            if (unsafe.test(decoded)) {
                return false;
            }
            try {
                decoded = URLDecoder.decode(decoded.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        return !unsafe.test(decoded);
    }

    /** Dot segments could lead above the root path. */
    private static boolean isUnsafePath(String path) {
        return UNSAFE_PATH.matcher(path).find() || DOT_SEGMENT.matcher(path).find();
    }
}

package dev.phoenix.server.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Something that was done. Never put a password, token or key into it: rows stay for a long time.
 *
 * @param action feature and verb, like {@code secret.delete}
 * @param target what it was done to, by the name or id its feature gives it
 * @param details more of it, in a few words each
 * @param address of the client, empty if the server did it by itself
 */
public record AuditEvent(
        Actor actor, String action, String target, Map<String, String> details, String address) {

    private static final Pattern ACTION = Pattern.compile("[a-z_]+\\.[a-z_]+");
    private static final int MAX_LENGTH = 500;
    private static final int MAX_DETAILS = 20;

    public AuditEvent {
        if (!isAction(action)) {
            throw new IllegalArgumentException(
                    "action must be a feature and a verb like secret.delete, was " + action);
        }
        target = bounded(target);
        Map<String, String> kept = new LinkedHashMap<>();
        details.entrySet().stream()
                .limit(MAX_DETAILS)
                .forEach(detail -> kept.put(detail.getKey(), bounded(detail.getValue())));
        details = kept;
    }

    static boolean isAction(String text) {
        return ACTION.matcher(text).matches();
    }

    /** Part of it comes from clients, who may send anything of any length. */
    static String bounded(String text) {
        String plain = text.replace('\0', '\uFFFD');
        return plain.length() <= MAX_LENGTH ? plain : plain.substring(0, MAX_LENGTH - 1) + "…";
    }
}

package dev.phoenix.server.ingest.decode;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/** What a sender sent, as reasons for refusals quote it: cut, and without control characters. */
final class Quoted {

    private static final int LENGTH = 60;

    private Quoted() {}

    static String text(String sent) {
        return "'" + plain(sent) + "'";
    }

    static String plain(String sent) {
        boolean isCut = sent.length() > LENGTH;
        StringBuilder plain = new StringBuilder();
        (isCut ? sent.substring(0, LENGTH) : sent)
                .codePoints()
                .forEach(
                        c -> {
                            if (isPlain(c)) {
                                plain.appendCodePoint(c);
                            } else {
                                plain.append("\\u%04x".formatted(c));
                            }
                        });
        return plain.append(isCut ? "…" : "").toString();
    }

    /** In hexadecimal. */
    static String plain(ByteString sent) {
        boolean isCut = sent.size() > LENGTH / 2;
        byte[] shown = (isCut ? sent.substring(0, LENGTH / 2) : sent).toByteArray();
        return HexFormat.of().formatHex(shown) + (isCut ? "…" : "");
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}

package dev.phoenix.server.ingest.decode;

/** Texts of senders where only their beginning is kept. */
public final class ShortText {

    private ShortText() {}

    /** The first characters, in a form that both databases take. */
    public static String of(String text, int longest) {
        return JsonText.storable(text.length() <= longest ? text : text.substring(0, longest));
    }
}

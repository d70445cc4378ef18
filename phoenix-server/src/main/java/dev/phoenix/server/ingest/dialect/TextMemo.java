package dev.phoenix.server.ingest.dialect;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about texts that come with every span again, as names do: each is looked at
 * once, as long as no other takes its place, so whoever invents some cannot fill the memory. For
 * any number of threads, without locks: an entry never changes.
 */
final class TextMemo<T> {

    private final int longest;
    private final Function<String, T> question;
    private final @Nullable Entry[] entries;

    /**
     * @param size a power of two
     * @param longest text that is kept
     */
    TextMemo(int size, int longest, Function<String, T> question) {
        this.longest = longest;
        this.question = question;
        this.entries = new Entry[size];
    }

    @SuppressWarnings("unchecked")
    T of(String text) {
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 11) & entries.length - 1;
        Entry known = entries[place];
        if (known != null && known.text.equals(text)) {
            return (T) known.answer;
        }
        T answer = question.apply(text);
        if (text.length() <= longest) {
            entries[place] = new Entry(text, answer);
        }
        return answer;
    }

    private record Entry(String text, Object answer) {}
}

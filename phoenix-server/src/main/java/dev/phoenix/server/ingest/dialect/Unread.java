package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places in a value that could not be read, while the rest of it was: {@code 0.parts.1}. Whoever
 * goes into a value notes the way on the way back, so that values without any cost nothing.
 */
final class Unread {

    /** Who writes one such part writes a thousand. */
    private static final int MAX_PLACES = 16;

    private final List<String> places = new ArrayList<>(0);

    List<String> places() {
        return places;
    }

    /** To be remembered before going in. */
    int count() {
        return places.size();
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** The value that is being looked at, as a whole. */
    void add() {
        if (places.size() < MAX_PLACES) {
            places.add("");
        }
    }

    /** The member of this number. */
    void add(int index) {
        int known = count();
        add();
        in(index, known);
    }

    void addAll(Unread other) {
        places.addAll(other.places);
    }

    /** All that was noted since is one: the value as a whole. */
    void addInsteadOf(int since) {
        places.subList(since, places.size()).clear();
        add();
    }

    /** What is noted stands in members that have these numbers in truth. */
    void renumber(List<Integer> numbers) {
        for (int i = 0; i < places.size(); i++) {
            String[] place = places.get(i).split("\\.", 2);
            place[0] = numbers.get(Integer.parseInt(place[0])).toString();
            places.set(i, String.join(".", place));
        }
    }

    /** What was noted since stands in the member of this number. */
    void in(int index, int since) {
        if (places.size() > since) {
            in(String.valueOf(index), since);
        }
    }

    /** What was noted since stands in the member of this name. */
    void in(@Nullable String name, int since) {
        for (int i = since; name != null && i < places.size(); i++) {
            places.set(i, places.get(i).isEmpty() ? name : name + "." + places.get(i));
        }
    }
}

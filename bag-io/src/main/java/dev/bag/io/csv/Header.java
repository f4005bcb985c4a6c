package dev.bag.io.csv;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names of the columns of one file, or only their number if they have no names. */
public final class Header implements Serializable {

    private static final long serialVersionUID = 1;

    /** Up to so many names are looked at one by one. */
    private static final int MANY = 32;

    private final String[] names;
    private final boolean named;

    /** The index of each name, made when it is first needed. */
    private transient volatile @Nullable Map<String, Integer> indexes;

    private Header(String[] names, boolean named) {
        this.names = names;
        this.named = named;
    }

    /** Returns a header with names, of which each is another one. */
    public static Header of(String[] names) {
        String[] interned = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            interned[i] = names[i].intern();
        }
        return new Header(interned, true);
    }

    /** Returns a header without names, or rather with those that are given by the columns' numbers. */
    public static Header ofCount(int count) {
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = String.valueOf(i);
        }
        return new Header(names, false);
    }

    /** Returns the first name that occurs twice. */
    public static Optional<String> duplicate(String[] names) {
        Map<String, Boolean> seen = new HashMap<>();
        for (String name : names) {
            if (seen.put(name, true) != null) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** Returns how many columns there are. */
    public int size() {
        return names.length;
    }

    /** Returns whether the columns have names. */
    public boolean isNamed() {
        return named;
    }

    /** Returns the names; of columns without names, their numbers from 0. */
    public List<String> names() {
        return List.of(names);
    }

    /** Returns the name of a column; behind the last one, its number. */
    public String name(int index) {
        return index < names.length ? names[index] : String.valueOf(index);
    }

    /** Returns the index of a name, or -1. */
    public int indexOf(String name) {
        if (!named) {
            return -1;
        }
        int same = names.length > MANY ? -1 : indexOfSame(name);
        return same >= 0 ? same : indexes().getOrDefault(name, -1);
    }

    /** Most names that are asked for are literals, and so the very objects that interned names are. */
    @SuppressWarnings("ReferenceEquality") // whether it is the same object is what is asked
    private int indexOfSame(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }

    private Map<String, Integer> indexes() {
        Map<String, Integer> made = indexes;
        if (made == null) {
            made = new HashMap<>();
            for (int i = 0; i < names.length; i++) {
                made.put(names[i], i);
            }
            indexes = made;
        }
        return made;
    }
}

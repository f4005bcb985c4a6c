package dev.bag.io.json;

import dev.bag.io.split.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Paths of fields, as a tree: the names that are looked for at one level of a document, and for each of them which path
 * ends there and what is looked for below. Immutable once it is made.
 */
public final class FieldTree {

    static final int NONE = -1;

    private static final char SEPARATOR = '.';
    private static final char ESCAPE = '\\';

    private final List<String> names = new ArrayList<>();

    /** The names as bytes with room for eight more, so that the first eight can be compared at once. */
    private byte[][] bytes = {};

    private int[] lengths = {};
    private long[] words = {};
    private int[] elements = {};
    private int[] paths = {};
    private @Nullable FieldTree[] below = {};

    private FieldTree() {}

    /**
     * Returns the tree of some paths.
     *
     * @param paths names of fields with dots in between; a dot or a backslash that belongs to a name follows a backslash
     * @throws IllegalArgumentException if there is none, one twice, or one that cannot be
     */
    public static FieldTree of(String... paths) {
        if (paths.length == 0) {
            throw new IllegalArgumentException("select(): at least one path of a field is needed, such as \"user.id\"");
        }
        FieldTree tree = new FieldTree();
        for (int path = 0; path < paths.length; path++) {
            tree.add(paths[path], path);
        }
        return tree;
    }

    /** Returns a tree without paths: a document is only checked. */
    public static FieldTree none() {
        return new FieldTree();
    }

    private void add(String path, int number) {
        FieldTree level = this;
        List<String> segments = segments(path);
        for (int i = 0; i < segments.size() - 1; i++) {
            int field = level.fieldOf(segments.get(i));
            FieldTree deeper = level.below[field];
            if (deeper == null) {
                deeper = new FieldTree();
                level.below[field] = deeper;
            }
            level = deeper;
        }
        int field = level.fieldOf(segments.get(segments.size() - 1));
        if (level.paths[field] != NONE) {
            throw refused(path, "the field is there twice");
        }
        level.paths[field] = number;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == SEPARATOR) {
                segments.add(segment.toString());
                segment.setLength(0);
                continue;
            }
            if (c == ESCAPE) {
                i++;
                c = i < path.length() ? path.charAt(i) : 0;
                if (c != SEPARATOR && c != ESCAPE) {
                    throw refused(path, "a backslash must be followed by a dot or a backslash");
                }
            }
            if (c == 0) {
                throw refused(path, "the character U+0000 cannot be in a path");
            }
            segment.append(c);
        }
        segments.add(segment.toString());
        if (segments.contains("")) {
            throw refused(path, "a name is empty; a dot within a name is written as \\.");
        }
        return segments;
    }

    private static IllegalArgumentException refused(String path, String why) {
        return new IllegalArgumentException("select(\"" + path + "\"): " + why);
    }

    /** Returns the number of a name on this level, which is added if it is new. */
    private int fieldOf(String name) {
        int known = names.indexOf(name);
        if (known >= 0) {
            return known;
        }
        int field = names.size();
        names.add(name);
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        bytes = Arrays.copyOf(bytes, field + 1);
        bytes[field] = Arrays.copyOf(encoded, encoded.length + Long.BYTES);
        lengths = Arrays.copyOf(lengths, field + 1);
        lengths[field] = encoded.length;
        words = Arrays.copyOf(words, field + 1);
        words[field] = firstWord(bytes[field], 0, encoded.length);
        elements = Arrays.copyOf(elements, field + 1);
        elements[field] = elementOf(name);
        paths = Arrays.copyOf(paths, field + 1);
        paths[field] = NONE;
        below = Arrays.copyOf(below, field + 1);
        return field;
    }

    /** Returns the number that a name is, as it is written: without leading zeros. */
    private static int elementOf(String name) {
        return name.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(name) : NONE;
    }

    /** At most eight bytes; zeros stand for those that there are not. */
    private static long firstWord(byte[] bytes, int from, int length) {
        long word = (long) Words.OF_BYTES.get(bytes, from);
        return length >= Long.BYTES ? word : word & (1L << 8 * length) - 1;
    }

    /**
     * Returns the field with a name, or {@link #NONE}. Eight bytes behind the name are read.
     */
    int find(byte[] in, int from, int to) {
        int length = to - from;
        long word = firstWord(in, from, length);
        for (int field = 0; field < words.length; field++) {
            if (words[field] == word
                    && lengths[field] == length
                    && (length <= Long.BYTES || Arrays.equals(bytes[field], 0, length, in, from, to))) {
                return field;
            }
        }
        return NONE;
    }

    /** Returns the field with a name, or {@link #NONE}. */
    int find(String name) {
        return names.indexOf(name);
    }

    /** Returns the field that is an element of an array, or {@link #NONE}. */
    int find(int element) {
        for (int field = 0; field < elements.length; field++) {
            if (elements[field] == element) {
                return field;
            }
        }
        return NONE;
    }

    /** Returns the number of the path that ends with a field, or {@link #NONE}. */
    int path(int field) {
        return paths[field];
    }

    /** Returns what is looked for in the value of a field; null if nothing is. */
    @Nullable FieldTree below(int field) {
        return below[field];
    }

    int fieldCount() {
        return paths.length;
    }
}

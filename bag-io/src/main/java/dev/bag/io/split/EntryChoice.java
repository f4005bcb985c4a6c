package dev.bag.io.split;

import dev.bag.io.file.InputFile;
import dev.bag.io.file.InputFile.Entries;
import dev.bag.io.file.InputFile.EntryOrder;
import dev.bag.io.file.Numbers;
import dev.bag.source.SourceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which entries of an archive are read, and in which order. Patterns are those for files: a folder is the entries right in
 * it, and what begins with a dot or an underscore has to be named. No pattern at all is all entries, however deep. A name that
 * leads out of the archive, as {@code ../x}, is a name like others.
 */
public final class EntryChoice {

    private static final String ANY_DEPTH = "**";

    private final InputFile archive;
    private final Entries entries;

    /** Each is what one way to expand the braces of the pattern makes of it, folder by folder. */
    private final List<List<String>> alternatives = new ArrayList<>();

    /** What is meant by an archive. */
    public EntryChoice(InputFile archive) {
        Entries given = archive.entries();
        this.archive = archive;
        this.entries = given == null ? new Entries("", EntryOrder.OF_ARCHIVE) : given;
        for (String alternative : Glob.alternatives(entries.pattern())) {
            alternatives.add(elements(alternative));
        }
    }

    /** Returns whether entries are read as they come. */
    public boolean inOrderOfArchive() {
        return entries.order() == EntryOrder.OF_ARCHIVE;
    }

    /** Returns whether all entries are read, as they come. */
    public boolean isAllInOrder() {
        return isAll() && inOrderOfArchive();
    }

    /** Returns the order of names. Of entries with the same name the first one in the archive is first. */
    public Comparator<String> order() {
        return entries.order() == EntryOrder.BY_NAME_AND_NUMBER ? new NaturalOrder() : Comparator.naturalOrder();
    }

    /**
     * Returns the indices of the entries that are read, in order.
     *
     * @param names of all entries
     */
    public int[] choose(List<String> names) {
        boolean exact = !isAll() && names.contains(entries.pattern());
        IntStream chosen = IntStream.range(0, names.size())
                .filter(i -> exact ? names.get(i).equals(entries.pattern()) : matches(names.get(i)));
        return inOrderOfArchive()
                ? chosen.toArray()
                : chosen.boxed()
                        .sorted(Comparator.comparing(names::get, order()))
                        .mapToInt(i -> i)
                        .toArray();
    }

    /** Returns whether an entry is meant. */
    public boolean matches(String name) {
        if (isAll()) {
            return inOrderOfArchive() || !hasIgnoredElement(name);
        }
        if (name.equals(entries.pattern())) {
            return true;
        }
        List<String> path = elements(name);
        return alternatives.stream().anyMatch(pattern -> matches(pattern, 0, path, 0));
    }

    private boolean isAll() {
        return entries.pattern().isEmpty();
    }

    /**
     * Returns the error that no entry is meant.
     *
     * @param count how many entries were looked at
     */
    public SourceException nothing(long count) {
        return archive.broken(
                "no entry matches \"" + entries.pattern() + "\". " + Numbers.grouped(count)
                        + (count == 1 ? " entry was looked at.\n" : " entries were looked at.\n")
                        + "  Names that begin with \".\" or \"_\" are left out. To read nothing without an error, use"
                        + " allowEmpty().",
                null);
    }

    /** Returns whether it is an error that no entry is meant: not of an archive that is read as a whole. */
    public boolean mustMatch() {
        return !isAll();
    }

    private static List<String> elements(String text) {
        List<String> elements = new ArrayList<>();
        for (String element : text.split("/", -1)) {
            if (element.contains(ANY_DEPTH) && !element.equals(ANY_DEPTH)) {
                elements.add(ANY_DEPTH); // as in java.nio.file globs, **.gz is any depth, too
                elements.add(element.replace(ANY_DEPTH, "*"));
            } else if (!element.isEmpty() && !element.equals(".")) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static boolean matches(List<String> pattern, int p, List<String> path, int i) {
        if (p == pattern.size()) {
            // All of it, or a file right in a folder.
            return i == path.size() || i == path.size() - 1 && !isIgnored(path.get(i));
        }
        if (i == path.size()) {
            return p == pattern.size() - 1 && pattern.get(p).equals(ANY_DEPTH);
        }
        String element = pattern.get(p);
        if (element.equals(ANY_DEPTH)) {
            return matches(pattern, p + 1, path, i) || !isIgnored(path.get(i)) && matches(pattern, p, path, i + 1);
        }
        return (element.equals(path.get(i)) || new Glob(element).matches(path.get(i)))
                && matches(pattern, p + 1, path, i + 1);
    }

    private static boolean hasIgnoredElement(String name) {
        for (int begin = 0; begin >= 0 && begin < name.length(); begin = name.indexOf('/', begin) + 1) {
            char first = name.charAt(begin);
            if (first == '_' || first == '.') {
                int end = name.indexOf('/', begin);
                if (isIgnored(name.substring(begin, end < 0 ? name.length() : end))) {
                    return true;
                }
            }
            if (name.indexOf('/', begin) < 0) {
                return false;
            }
        }
        return false;
    }

    /** {@code .} and {@code ..} lead somewhere, and hide nothing. */
    private static boolean isIgnored(String element) {
        return Glob.isIgnored(element) && !element.equals(".") && !element.equals("..");
    }
}

// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Bag;
import dev.bag.io.Sourced;
import dev.bag.io.TextFiles;
import dev.bag.value.Pair;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which files have which words: each word with its files, in order.
 *
 * <p>Arguments: files, directories or patterns.
 */
public final class InvertedIndex {

    private static final Pattern NO_LETTERS = Pattern.compile("\\P{L}+");

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.InvertedIndex FILE ...

            Prints each word, in lower case, with the files that have it.

            FILE is a file, a directory or a pattern such as 'books/*.txt', compressed or not.
            """);

    private InvertedIndex() {}

    public static void main(String... arguments) {
        String[] files = USAGE.someNamesOrExit(arguments);
        Bag<Pair<String, String>> wordsAndFiles = TextFiles.options()
                .readWithSource(files)
                .flatMap(InvertedIndex::words)
                .distinct(); // before anything is grouped: a word that occurs often is sent once a file
        wordsAndFiles
                .groupBy(Pair::first)
                .mapValues(
                        pairs -> new TreeSet<>(pairs.stream().map(Pair::second).toList()))
                .sortByKey()
                .entries()
                .stream()
                .forEach(entry -> System.out.println(entry.first() + "\t" + String.join(" ", entry.second())));
    }

    private static Iterable<Pair<String, String>> words(Sourced<String> line) {
        return NO_LETTERS
                .splitAsStream(line.text().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .map(word -> Pair.of(word, line.file()))
                .toList();
    }
}

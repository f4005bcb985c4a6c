// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.Results;
import dev.bag.io.TextFiles;
import dev.bag.value.Pair;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The 20 words that occur most often, upper and lower case alike.
 *
 * <p>Arguments: files, directories or patterns. Without any, the documents in the current directory.
 */
public final class WordCount {

    private static final Pattern NO_LETTERS = Pattern.compile("\\P{L}+");

    private static final Comparator<Pair<String, Long>> BY_COUNT =
            Comparator.comparing(Pair<String, Long>::second).thenComparing(Pair::first, Comparator.reverseOrder());

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.WordCount [FILE ...]

            Prints the 20 words that occur most often, upper and lower case alike.

            FILE is a file, a directory or a pattern such as 'books/*.txt', compressed or not. Without any, the
            documents (*.md) in the current directory are read.
            """);

    private WordCount() {}

    public static void main(String... arguments) {
        String[] names = USAGE.namesOrExit(arguments);
        String[] files = names.length > 0 ? names : new String[] {"*.md"};

        Bag<String> words = TextFiles.read(files)
                .map(line -> line.toLowerCase(Locale.ROOT))
                .flatMapStream(NO_LETTERS::splitAsStream)
                .filterNot(String::isEmpty); // before the first letter of a line

        Delayed<Long> count = words.count();
        Delayed<List<Pair<String, Long>>> top = words.frequencies().entries().topK(20, BY_COUNT);

        Results results = Delayed.computeAll(count, top);
        System.out.printf(Locale.ROOT, "%,d words%n", results.get(count));
        results.get(top).forEach(word -> System.out.printf(Locale.ROOT, "%,10d  %s%n", word.second(), word.first()));
    }
}

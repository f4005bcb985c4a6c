// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.io.TextFiles;
import dev.bag.value.Utf8;
import java.util.Locale;

/**
 * The 20 most frequent words as they stand, counted by their bytes: no String is made but of those that are printed. {@link
 * WordCount} does it with Strings and regular expressions.
 *
 * <p>Arguments: files, directories or patterns.
 */
public final class TopWords {

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.TopWords FILE ...

            Prints the 20 most frequent words, which are separated by blanks.

            FILE is a file, a directory or a pattern such as 'books/*.txt', compressed or not.
            """);

    private TopWords() {}

    public static void main(String... arguments) {
        TextFiles.readUtf8(USAGE.someNamesOrExit(arguments))
                .flatMap(Utf8::words)
                .frequencies()
                .topByValue(20)
                .compute()
                .forEach(word -> System.out.printf(Locale.ROOT, "%,10d  %s%n", word.second(), word.first()));
    }
}

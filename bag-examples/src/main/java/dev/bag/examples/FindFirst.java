// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.io.TextFiles;
import java.util.Arrays;

/**
 * The first line with a text, of many files: they are searched on all cores, in their order, and no further than needed.
 *
 * <p>Arguments: the text, then files, directories or patterns.
 */
public final class FindFirst {

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.FindFirst TEXT FILE ...

            Prints the first line that contains TEXT, with its file and its number.
            """);

    private FindFirst() {}

    public static void main(String... arguments) {
        String[] names = USAGE.someNamesOrExit(arguments);
        TextFiles.options()
                .readWithSource(Arrays.copyOfRange(names, 1, names.length))
                .filter(line -> line.text().contains(names[0]))
                .take(1)
                .forEach(line -> System.out.println(line.file() + ":" + line.line() + ":" + line.text()));
    }
}

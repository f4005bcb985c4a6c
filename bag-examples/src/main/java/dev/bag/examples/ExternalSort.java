// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.io.TextFiles;
import dev.bag.io.Written;
import java.util.Arrays;

/**
 * Sorts the lines of files that are larger than memory. What does not fit is written to disk in sorted runs, which are merged
 * when they are read: nothing has to be said about it.
 *
 * <p>Arguments: the file to write, then files, directories or patterns to read.
 */
public final class ExternalSort {

    private static final Usage USAGE = new Usage("""
            Usage: java -Xmx256m -cp bag-examples.jar dev.bag.examples.ExternalSort OUTPUT FILE ...

            Writes the lines of all files to OUTPUT, sorted. A name that ends with .gz or .zst is compressed. The output is
            there whole or not at all.
            """);

    private ExternalSort() {}

    public static void main(String... arguments) {
        String[] names = USAGE.someNamesOrExit(arguments);
        Written written = TextFiles.writeOptions()
                .overwrite()
                .write(
                        TextFiles.readUtf8(Arrays.copyOfRange(names, 1, names.length))
                                .sorted(),
                        names[0]);
        System.out.println(written.records() + " lines");
    }
}

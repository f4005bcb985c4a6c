package dev.bag.bench;

import dev.bag.io.TextFiles;
import java.util.Arrays;

/**
 * Writes lines to other files, and says how many there are, with bag: {@code CopyLines PATTERN FILES}, as in {@code CopyLines
 * out/part-*.gz access-*.log}. What is there is overwritten.
 */
public final class CopyLines {

    private CopyLines() {}

    public static void main(String... arguments) {
        System.out.println("RESULT " + of(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length)));
    }

    static String of(String pattern, String... paths) {
        return String.valueOf(TextFiles.writeOptions()
                .overwrite()
                .write(TextFiles.readUtf8(paths), pattern)
                .records());
    }
}

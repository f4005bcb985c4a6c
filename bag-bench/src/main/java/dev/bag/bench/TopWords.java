package dev.bag.bench;

import dev.bag.io.TextFiles;
import java.util.Arrays;

/** The 20 words that occur most often in text files, with bag: {@code TopWords FILES}. */
public final class TopWords {

    private TopWords() {}

    public static void main(String... paths) {
        System.out.println("RESULT " + of(paths));
    }

    static String of(String... paths) {
        return Counts.text(TextFiles.read(paths)
                .flatMap(line -> Arrays.asList(line.split(" ")))
                .frequencies()
                .topByValue(20)
                .compute());
    }
}

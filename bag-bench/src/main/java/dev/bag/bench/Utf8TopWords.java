package dev.bag.bench;

import dev.bag.Bag;
import dev.bag.io.TextFiles;
import dev.bag.value.Utf8;
import java.util.Arrays;

/**
 * The 20 words that occur most often in text files, with bag and without Strings. {@code Utf8TopWords split FILES} is
 * written as {@link TopWords} is; {@code Utf8TopWords fields FILES} hands on each word as it is found.
 */
public final class Utf8TopWords {

    private Utf8TopWords() {}

    public static void main(String... arguments) {
        String[] paths = Arrays.copyOfRange(arguments, 1, arguments.length);
        String result = switch (arguments[0]) {
            case "split" -> split(paths);
            case "fields" -> fields(paths);
            default -> throw new IllegalArgumentException(arguments[0] + ": split or fields is needed");
        };
        System.out.println("RESULT " + result);
    }

    static String split(String... paths) {
        return top(TextFiles.readUtf8(paths).flatMap(line -> line.split(' ')));
    }

    static String fields(String... paths) {
        return top(TextFiles.readUtf8(paths).<Utf8>mapMulti((line, out) -> line.forEachField(' ', out)));
    }

    private static String top(Bag<Utf8> words) {
        return Counts.text(words.frequencies().topByValue(20).compute());
    }
}

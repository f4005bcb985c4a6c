package dev.bag.bench;

import dev.bag.io.Archives;

/** How many words there are in all files of archives, with bag: {@code ArchiveWords ARCHIVES}. */
public final class ArchiveWords {

    private ArchiveWords() {}

    public static void main(String... paths) {
        System.out.println("RESULT " + of(paths));
    }

    static String of(String... paths) {
        return String.valueOf(
                Archives.read(paths).sumLong(entry -> wordCount(entry.text())).compute());
    }

    /** How many runs of characters above the space a text has. */
    public static long wordCount(String text) {
        long count = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean visible = text.charAt(i) > ' ';
            if (visible && !inside) count++;
            inside = visible;
        }
        return count;
    }
}

package dev.bag.bench;

import dev.bag.io.TextFiles;

/** Counts lines, with bag: on a small file, what starting takes. */
public final class TinyCount {

    private TinyCount() {}

    public static void main(String... paths) {
        System.out.println("RESULT " + of(paths));
    }

    static String of(String... paths) {
        return TextFiles.read(paths).count().compute().toString();
    }
}

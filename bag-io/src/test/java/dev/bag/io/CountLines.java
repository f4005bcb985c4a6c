package dev.bag.io;

import dev.bag.BagException;

/** What child JVMs run: prints how many lines a file has, or why they cannot be counted. */
final class CountLines {

    private CountLines() {}

    public static void main(String[] arguments) {
        try {
            System.out.println("lines: " + TextFiles.read(arguments).count().compute());
        } catch (BagException e) {
            System.out.println(e.getMessage());
        }
    }
}

package dev.bag.show;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ServiceLoader;

/** Draws graphs that are written in the DOT language. What does so is in another module, which is found as a service. */
@FunctionalInterface
public interface Drawer {

    /** Returns the graph as a document of SVG. */
    String svg(String dot);

    /**
     * Writes a graph to a file, as its name says: {@code .dot} as it is, {@code .svg} drawn, {@code .html} drawn in a page.
     *
     * @throws IllegalArgumentException if the name ends otherwise
     * @throws IllegalStateException if it is to be drawn and nothing is there to draw it
     * @throws UncheckedIOException if the file cannot be written
     */
    static void write(String dot, Path file) {
        Path named = file.getFileName();
        String name = named == null ? "" : named.toString().toLowerCase(Locale.ROOT);
        String content;
        if (name.endsWith(".dot")) {
            content = dot;
        } else if (name.endsWith(".svg")) {
            content = drawn(dot, file);
        } else if (name.endsWith(".html")) {
            content = page(drawn(dot, file));
        } else {
            throw new IllegalArgumentException(
                    "visualize(" + file + "): the name of the file must end with .svg, .html or .dot");
        }
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("visualize(" + file + "): the file cannot be written", e);
        }
    }

    private static String drawn(String dot, Path file) {
        Drawer drawer = ServiceLoader.load(Drawer.class, Drawer.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("visualize(" + file
                        + "): drawing is the work of the module bag-view (dev.bag:bag-view), which is not on the class path."
                        + " Add it, or write a .dot file, which Graphviz draws"));
        return drawer.svg(dot);
    }

    private static String page(String svg) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>bag</title></head>\n<body>\n"
                + svg.substring(Math.max(0, svg.indexOf("<svg")))
                + "\n</body>\n</html>\n";
    }
}

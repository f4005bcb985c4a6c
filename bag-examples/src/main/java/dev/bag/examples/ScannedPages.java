// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Bag;
import dev.bag.value.Command;
import java.time.Duration;
import java.util.List;

/**
 * The text of scanned pages, read by the program {@code tesseract}: one process for each page, as many at a time as there are cores.
 * A page that cannot be read has no text.
 *
 * <p>Arguments: image files.
 */
public final class ScannedPages {

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.ScannedPages IMAGE ...

            Prints each page as one line: the name of the file, and the text on it. Needs the program tesseract.
            """);

    private ScannedPages() {}

    public static void main(String... arguments) {
        List<String> images = List.of(USAGE.someNamesOrExit(arguments));
        Bag<String> texts = Bag.from(images, images.size())
                .exec(image -> Command.of("tesseract", image, "stdout")
                        .env("OMP_THREAD_LIMIT", "1") // there is a process for each core already
                        .acceptAll() // each page has its line
                        .timeout(Duration.ofMinutes(2)))
                .map(result -> result.output().replaceAll("\\s+", " ").strip());
        Bag.from(images, images.size()).zip(texts).stream()
                .forEach(page -> System.out.println(page.first() + "\t" + page.second()));
    }
}

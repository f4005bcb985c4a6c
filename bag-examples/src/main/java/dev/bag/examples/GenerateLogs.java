// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Bag;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Makes gzip-compressed Apache access logs of four half days from a seed: always the same. Each has two bad lines, and
 * on the second afternoon something goes wrong.
 */
public final class GenerateLogs {

    private static final long SEED = 20240531;
    private static final int FILES = 4;
    private static final int LINES_OF_A_FILE = 140_000; // about 25 MB
    private static final LocalDateTime START = LocalDateTime.of(2024, 5, 31, 0, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ENGLISH);
    private static final String[] SECTIONS = {"blog", "cart", "docs", "img", "search", "static/css", "user"};
    private static final String[] AGENTS = {
        "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36",
        "curl/8.4.0"
    };

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.GenerateLogs [DIRECTORY]

            Writes about 100 MB of Apache access logs, always the same ones. Without a DIRECTORY they go to
            target/access-logs.
            """);

    private GenerateLogs() {}

    public static void main(String... arguments) {
        String[] names = USAGE.namesOrExit(arguments);
        into(names.length > 0 ? names[0] : "target/access-logs");
    }

    /** Writes about 100 MB of logs, unless they are there already, and returns the directory. */
    public static String into(String directory) {
        into(Path.of(directory), LINES_OF_A_FILE);
        return directory;
    }

    static void into(Path directory, int linesOfAFile) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Bag.range(0, FILES).forEach(file -> write(directory, file.intValue(), linesOfAFile));
    }

    private static void write(Path directory, int file, int lineCount) throws IOException {
        Path target = directory.resolve("access-" + (file + 1) + ".log.gz");
        if (Files.exists(target)) return;
        Path unfinished = directory.resolve("." + target.getFileName());
        SplittableRandom random = new SplittableRandom(SEED + file);
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(unfinished), 1 << 16), StandardCharsets.UTF_8)) {
            for (int i = 0; i < lineCount; i++) {
                LocalDateTime time = START.plusHours(12L * file).plusSeconds(12 * 3600L * i / lineCount);
                String line = line(time, random);
                out.write(i == lineCount / 3 ? line.substring(0, 60) : i == lineCount / 2 ? "no such device" : line);
                out.write('\n');
            }
        }
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String line(LocalDateTime time, SplittableRandom random) {
        int status = status(time, random);
        return "10." + random.nextInt(256) + '.' + random.nextInt(256) + '.' + random.nextInt(256) + " - "
                + (random.nextInt(50) == 0 ? "user" + random.nextInt(1000) : "-")
                + " [" + TIME.format(time) + " +0000] \"" + (random.nextInt(10) == 0 ? "POST " : "GET ")
                + path(random) + " HTTP/1.1\" " + status + ' '
                + (status == 304 ? "-" : String.valueOf(200 + random.nextInt(1 << random.nextInt(8, 18))))
                + " \"https://www.example.com" + path(random) + "\" \"" + AGENTS[random.nextInt(AGENTS.length)] + '"';
    }

    private static int status(LocalDateTime time, SplittableRandom random) {
        boolean outage = time.getDayOfMonth() == 1 && time.getHour() == 14;
        int dice = random.nextInt(100);
        if (dice < 2) return 500;
        if (dice < 6) return 404;
        if (dice < 16) return 304;
        return outage && dice < 40 ? 503 : 200;
    }

    /** Some paths are wanted much more often than others. */
    private static String path(SplittableRandom random) {
        int page = (int) Math.pow(20_000, random.nextDouble());
        return '/' + SECTIONS[page % SECTIONS.length] + "/page-" + page + (random.nextInt(4) == 0 ? "?from=mail" : "");
    }
}

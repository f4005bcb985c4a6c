package dev.bag.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An access log in the combined format, about 215 bytes a line: hosts of which some are seen often and millions once or
 * twice, 50,000 paths and 63 browsers of which some are much more frequent than others, 12 statuses.
 */
final class LogWriter {

    private static final long SEED = 20240607;
    private static final String[] SECTIONS = {
        "products", "blog", "api/v1/items", "static/js", "static/css", "img", "search", "user", "cart", "docs"
    };
    private static final String[] SUFFIXES = {
        "", ".html", "/", ".js", ".css", ".png", "?page=2", "/reviews", "/edit", ".json"
    };
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final int[] STATUSES = {200, 304, 404, 301, 302, 206, 403, 500, 503, 400, 499, 204};
    private static final int[] STATUS_OF_1000 = {800, 80, 40, 25, 15, 12, 8, 7, 4, 4, 3, 2};

    private static final String[] PATHS = paths();
    private static final String[] AGENTS = agents();

    private final int part;
    private final SplittableRandom random;
    private final StringBuilder line = new StringBuilder();
    private long seconds;

    LogWriter(int part) {
        this.part = part;
        this.random = new SplittableRandom(SEED * 31 + part);
    }

    /** Whole lines, the last of which ends at or behind {@code byteCount}. */
    byte[] log(int byteCount) {
        byte[] log = new byte[byteCount + 4096];
        int end = 0;
        while (end < byteCount) {
            line.setLength(0);
            writeLine();
            byte[] bytes = line.toString().getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(bytes, 0, log, end, bytes.length);
            end += bytes.length;
        }
        return Arrays.copyOf(log, end);
    }

    private void writeLine() {
        writeHost();
        line.append(" - ");
        if (random.nextInt(50) == 0) line.append("user").append(random.nextInt(1000));
        else line.append('-');
        writeTime();
        writeRequest();
        if (random.nextInt(10) < 4) line.append(" \"-\" \"");
        else line.append(" \"https://www.example.com").append(skewed(PATHS)).append("\" \"");
        line.append(skewed(AGENTS)).append("\"\n");
    }

    private void writeHost() {
        boolean frequent = random.nextInt(100) < 55;
        if (frequent) Hosts.writeFrequent(Skewed.next(random, Hosts.FREQUENT), line);
        else Hosts.writeRare(random.nextInt(Hosts.RARE), line);
    }

    private void writeTime() {
        seconds += random.nextInt(4) == 0 ? 1 : 0;
        int day = part + (int) (seconds / 86_400);
        line.append(" [");
        twoDigits(1 + day % 28, '/');
        line.append(MONTHS[day / 28 % 12]).append("/2024:");
        twoDigits((int) (seconds / 3600 % 24), ':');
        twoDigits((int) (seconds / 60 % 60), ':');
        twoDigits((int) (seconds % 60), ' ');
        line.append("+0000] \"");
    }

    private void twoDigits(int number, char next) {
        line.append((char) ('0' + number / 10))
                .append((char) ('0' + number % 10))
                .append(next);
    }

    private void writeRequest() {
        int method = random.nextInt(100);
        line.append(method < 90 ? "GET " : method < 97 ? "POST " : "HEAD ").append(skewed(PATHS));
        line.append(random.nextInt(4) == 0 ? " HTTP/2.0\" " : " HTTP/1.1\" ");
        int status = status();
        line.append(status).append(' ');
        double size = 5 + 1.2 * (random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble());
        if (status == 304 || status == 204) line.append('-');
        else line.append((int) Math.exp(size));
    }

    private int status() {
        int dice = random.nextInt(1000);
        int index = 0;
        while (dice >= STATUS_OF_1000[index]) {
            dice -= STATUS_OF_1000[index++];
        }
        return STATUSES[index];
    }

    private String skewed(String[] values) {
        return values[Skewed.next(random, values.length)];
    }

    private static String[] paths() {
        SplittableRandom random = new SplittableRandom(SEED);
        String[] paths = new String[50_000];
        for (int i = 0; i < paths.length; i++) {
            int kind = random.nextInt(SECTIONS.length);
            String name = Integer.toString(random.nextInt(1 << 24), 36);
            String title = random.nextBoolean() ? "-" + Integer.toString(random.nextInt(1 << 30), 36) : "";
            paths[i] = '/' + SECTIONS[kind] + '/' + name + title + SUFFIXES[kind];
        }
        return paths;
    }

    private static String[] agents() {
        List<String> agents = new ArrayList<>();
        for (int version = 100; version < 130; version++) {
            agents.add("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/"
                    + version + ".0.0.0 Safari/537.36");
            agents.add(
                    "Mozilla/5.0 (X11; Linux x86_64; rv:" + version + ".0) Gecko/20100101 Firefox/" + version + ".0");
        }
        agents.addAll(List.of(
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "curl/8.4.0",
                "python-requests/2.31.0"));
        return agents.toArray(String[]::new);
    }
}

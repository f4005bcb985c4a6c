package dev.bag.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.bag.Bag;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples that are short, against tools of the system or a few plain loops. */
class JobsTest {

    @TempDir
    private Path folder;

    private void writeTexts() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        for (int file = 0; file < 4; file++) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                lines.add(IntStream.range(0, random.nextInt(8))
                        .mapToObj(n -> Integer.toString((int) Math.pow(3_000, random.nextDouble()), 26)
                                .replaceAll("\\d", "q"))
                        .reduce("", (a, b) -> a + " " + b));
            }
            Files.write(folder.resolve("text-" + file + ".txt"), lines);
        }
    }

    private String texts() {
        return folder + "/text-*.txt";
    }

    private static List<String> printedBy(Runnable program) {
        return Shell.printedBy(program).lines().toList();
    }

    @Test
    void anInvertedIndexIsThatOfAwk() throws Exception {
        writeTexts();
        List<String> expected = Shell.script(folder, """
                for f in text-*.txt; do tr -cs a-z '\\n' < $f | awk -v f=$PWD/$f '$0 != "" { print $0 "\\t" f }'; done \
                | sort -u | awk -F'\\t' '$1 != last { if (NR > 1) print line; line = $1 "\\t" $2; last = $1; next }
                                        { line = line " " $2 } END { print line }'
                """);
        assertThat(expected).hasSizeGreaterThan(500);
        assertThat(printedBy(() -> InvertedIndex.main(texts()))).isEqualTo(expected);
    }

    @Test
    void filesAreSortedAsBySort() throws Exception {
        writeTexts();
        ExternalSort.main(folder + "/sorted.out", texts());
        assertThat(Files.readAllLines(folder.resolve("sorted.out")))
                .isEqualTo(Shell.script(folder, "cat text-*.txt | sort"));
    }

    @Test
    void theFirstMatchIsThatOfGrep() throws Exception {
        writeTexts();
        for (String text : List.of("q q", "aqa", "bb", "not there")) {
            List<String> expected = Shell.script(folder, "grep -n -F '" + text + "' $PWD/text-*.txt | head -n 1");
            assertThat(printedBy(() -> FindFirst.main(text, texts()))).isEqualTo(expected);
        }
    }

    @Test
    void ranksAreThoseOfPlainLoops() throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        Set<String> lines = new LinkedHashSet<>();
        for (int i = 0; i < 3_000; i++) {
            lines.add("p" + random.nextInt(200) + " p" + (int) Math.pow(200, random.nextDouble()));
        }
        Files.write(folder.resolve("links.txt"), lines);
        Map<String, List<String>> links = new HashMap<>();
        lines.forEach(line -> links.computeIfAbsent(line.split(" ")[0], from -> new ArrayList<>())
                .add(line.split(" ")[1]));
        Map<String, Double> ranks = new HashMap<>();
        links.keySet().forEach(page -> ranks.put(page, 1.0));
        for (int round = 0; round < 20; round++) {
            Map<String, Double> sums = new HashMap<>();
            links.forEach((from, targets) -> targets.forEach(target -> {
                if (ranks.containsKey(from)) {
                    sums.merge(target, ranks.get(from) / targets.size(), Double::sum);
                }
            }));
            ranks.clear();
            sums.forEach((page, sum) -> ranks.put(page, 0.15 + 0.85 * sum));
        }
        List<String> printed = printedBy(() -> PageRank.main(folder + "/links.txt"));
        assertThat(printed).hasSize(10);
        double last = Double.MAX_VALUE;
        for (String line : printed) {
            String[] fields = line.strip().split(" +");
            assertThat(Double.parseDouble(fields[0])).isCloseTo(ranks.get(fields[1]), within(0.0001));
            assertThat(Double.parseDouble(fields[0])).isLessThanOrEqualTo(last);
            last = Double.parseDouble(fields[0]);
        }
        long better = ranks.values().stream()
                .filter(rank -> rank > ranks.get(printed.get(9).strip().split(" +")[1]))
                .count();
        assertThat(better).isEqualTo(9);
    }

    @Test
    void centersAreWhereThePointsAre() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        List<String> lines = IntStream.range(0, 6_000)
                .mapToObj(i -> (i % 3) * 100 + random.nextDouble() + "," + (i % 3) * -50 + random.nextDouble())
                .toList();
        List<double[]> points = lines.stream()
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
        List<double[]> centers = KMeans.centers(Bag.from(points, 5), 3);
        for (double[] center : centers) { // no center can be moved any more
            List<double[]> nearest = points.stream()
                    .filter(point ->
                            centers.stream().allMatch(other -> distance(center, point) <= distance(other, point)))
                    .toList();
            for (int i = 0; i < 2; i++) {
                int coordinate = i;
                assertThat(center[i])
                        .isCloseTo(
                                nearest.stream()
                                        .mapToDouble(point -> point[coordinate])
                                        .average()
                                        .orElseThrow(),
                                within(1e-9));
            }
        }
        Files.write(folder.resolve("points.csv"), lines);
        assertThat(printedBy(() -> KMeans.main("3", folder + "/points.csv"))).hasSize(3);
    }

    private static double distance(double[] a, double[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }

    /** A server that fails the first time, or always. */
    @Test
    void pagesAreDownloadedUntilTheyAreThere() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            int request =
                    requests.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
            int page = Integer.parseInt(path.substring(1));
            int status = page % 10 == 3 ? 404 : page % 5 == 1 && request == 1 ? 503 : 200;
            byte[] body = new byte[page];
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String root = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            List<String> urls = IntStream.range(1, 60).mapToObj(i -> root + i).toList();
            Files.write(folder.resolve("urls.txt"), urls);
            List<String> printed = printedBy(() -> Downloads.main(folder + "/urls.txt"));
            assertThat(printed).hasSize(59);
            for (int i = 1; i < 60; i++) {
                assertThat(printed.get(i - 1).strip()).isEqualTo((i % 10 == 3 ? -1 : i) + "  " + root + i);
                assertThat(requests.get("/" + i)).hasValue(i % 10 == 3 ? 5 : i % 5 == 1 ? 2 : 1);
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void queensStandAsOftenAsIsKnown() {
        int[] known = {1, 1, 0, 0, 2, 10, 4, 40, 92, 352, 724};
        for (int width = 0; width < known.length; width++) {
            assertThat(Queens.solutions(width).compute()).isEqualTo(known[width]);
        }
    }

    @Test
    void numbersAreSortedByHalves() {
        for (int count : new int[] {0, 1, 100_000, 100_001, 1_234_567}) {
            long[] numbers = new SplittableRandom(count).longs(count).toArray();
            long[] sorted = numbers.clone();
            Arrays.sort(sorted);
            assertThat(MergeSort.sorted(numbers, 0, count).compute()).isEqualTo(sorted);
        }
    }

    @Test
    void aLibraryThatCrashesLosesOnlyItsRecords() throws Exception {
        Files.write(folder.resolve("lines.txt"), List.of("a", "bcd", "this will crash", "ef", "crash"));
        assertThat(printedBy(() -> CrashingLibrary.main(folder + "/lines.txt")))
                .containsExactly("1", "3", "2", "2 left out, 6 dead processes");
    }

    @Test
    void wordsAreAsFrequentAsByUniq() throws Exception {
        writeTexts();
        List<String> counted = printedBy(() -> TopWords.main(texts())).stream()
                .map(line -> line.replace(",", "").strip().replaceAll("\\s+", " "))
                .toList();
        List<String> expected = Shell.script(
                folder,
                "cat text-*.txt | tr -s ' ' '\\n' | awk '$0 != \"\"' | sort | uniq -c | awk '{ print $1, $2 }'");
        assertThat(counted).hasSize(20).isSubsetOf(expected);
        List<Long> counts = counted.stream().map(JobsTest::number).toList();
        assertThat(counts)
                .isEqualTo(expected.stream()
                        .map(JobsTest::number)
                        .sorted(Comparator.reverseOrder())
                        .limit(20)
                        .toList());
    }

    private static long number(String line) {
        return Long.parseLong(line.split(" ")[0]);
    }

    @Test
    void eachCountryHasItsEvents() throws Exception {
        List<String> lines = IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"id\":" + i + ",\"country\":\""
                        + List.of("DE", "FR", "US").get(i * i % 3) + "\",\"amount\":" + i / 4.0 + "}")
                .toList();
        Files.write(folder.resolve("events.json"), lines);
        Path out = folder.resolve("out");
        List<String> expected = Shell.script(
                folder, "for c in DE FR US; do n=$(grep -c '\"'$c'\"' events.json); [ $n = 0 ] || echo $c $n; done");
        assertThat(printedBy(() -> EventsByCountry.main(out.toString(), folder + "/events.json")))
                .isEqualTo(expected);
        assertThat(Shell.script(out, "cat country=DE/part-*.csv | grep -v id | head -n 2"))
                .containsExactly("0,0.0", "3,0.75");
        assertThat(Shell.script(out, "cat country=*/part-*.csv | grep -v id | sort -t, -k1,1n | wc -l | tr -d ' '"))
                .containsExactly("1000");
    }

    @Test
    void requestsAreThoseOfKnownNetworks() throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        Files.write(
                folder.resolve("networks.csv"),
                List.of("network,owner", "10.1,Acme", "10.2,\"Blue, Inc\"", "10.3,Acme"));
        Files.write(
                folder.resolve("access.log"),
                IntStream.range(0, 2_000)
                        .mapToObj(i -> "10." + random.nextInt(5) + "." + random.nextInt(256) + ".7 - - GET /")
                        .toList());
        List<String> expected = Shell.script(folder, """
                awk -F. '{ n[$1 "." $2]++ } END { print n["10.1"] + n["10.3"] " Acme"; print n["10.2"] " Blue, Inc" }' access.log
                """);
        assertThat(printedBy(() -> KnownNetworks.main(folder + "/networks.csv", folder + "/access.log")))
                .map(line -> line.strip().replace("  ", " "))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void theModelIsThatOfThePoints() throws Exception {
        SplittableRandom random = new SplittableRandom(6);
        List<String> lines = new ArrayList<>(List.of("# x y z", ""));
        for (int i = 0; i < 400; i++) {
            double x = random.nextDouble() * 4 - 2;
            lines.add(x + "  " + (x * x * x - 2 * x + 0.5 + (random.nextDouble() - 0.5) * 0.01));
        }
        Files.write(folder.resolve("points.txt"), lines);
        assertThat(printedBy(() -> ModelSearch.main(folder + "/points.txt")).get(0))
                .matches("degree [3-8], smoothing 0.0, error 0\\.00\\d+");
    }

    @Test
    void aServiceCountsForManyAtOnce() throws Exception {
        writeTexts();
        String words = "aq qq b cc zz";
        try (WordService service = new WordService(0, texts())) {
            List<String> counted = Stream.of(words.split(" "))
                    .parallel()
                    .flatMap(word -> IntStream.range(0, 20).parallel().mapToObj(i -> word))
                    .map(word -> word + " " + body("http://127.0.0.1:" + service.port() + "/" + word))
                    .distinct()
                    .sorted()
                    .toList();
            assertThat(counted)
                    .isEqualTo(Shell.script(
                            folder,
                            "for w in " + words + "; do echo $w $(cat text-*.txt | grep -c -F $w); done | sort"));
        }
    }

    private static String body(String url) {
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void pagesAreRead() throws Exception {
        assumeTrue(Shell.isInstalled("tesseract"), "tesseract is not installed");
        List<String> images = new ArrayList<>();
        for (String text : List.of("The quick brown fox", "Lazy parallel collections")) {
            BufferedImage page = new BufferedImage(900, 120, BufferedImage.TYPE_BYTE_GRAY);
            Graphics2D pen = page.createGraphics();
            pen.fillRect(0, 0, 900, 120);
            pen.setColor(Color.BLACK);
            pen.setFont(new Font(Font.SERIF, Font.PLAIN, 48));
            pen.drawString(text, 40, 75);
            pen.dispose();
            Path image = folder.resolve("page-" + images.size() + ".png");
            ImageIO.write(page, "png", image.toFile());
            images.add(image.toString());
        }
        assertThat(printedBy(() -> ScannedPages.main(images.toArray(String[]::new))))
                .containsExactly(
                        images.get(0) + "\tThe quick brown fox", images.get(1) + "\tLazy parallel collections");
    }
}

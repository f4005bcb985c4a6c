package dev.bag.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.Report;
import dev.bag.RunListener;
import dev.bag.Runner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Pictures of plans are well-formed, say what the plan is, and no box lies over another one. */
class GraphDrawerTest {

    @TempDir
    Path folder;

    /** Where a box lies. */
    private record Box(double left, double top, double right, double bottom) {

        static Box around(double[] x, double[] y) {
            return new Box(
                    Arrays.stream(x).min().orElseThrow(),
                    Arrays.stream(y).min().orElseThrow(),
                    Arrays.stream(x).max().orElseThrow(),
                    Arrays.stream(y).max().orElseThrow());
        }

        boolean overlaps(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    private static Document document(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Box> boxes(Document document) {
        List<Box> boxes = new ArrayList<>();
        NodeList polygons = document.getElementsByTagName("polygon");
        for (int i = 0; i < polygons.getLength(); i++) {
            Element polygon = (Element) polygons.item(i);
            if (((Element) polygon.getParentNode()).getAttribute("class").equals("node")) {
                double[] points = Arrays.stream(
                                polygon.getAttribute("points").strip().split("[ ,]+"))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                double[] x = new double[points.length / 2];
                double[] y = new double[points.length / 2];
                for (int j = 0; j < points.length; j++) {
                    (j % 2 == 0 ? x : y)[j / 2] = points[j];
                }
                boxes.add(Box.around(x, y));
            }
        }
        return boxes;
    }

    private static void assertReadable(String svg, int least) throws Exception {
        List<Box> boxes = boxes(document(svg));
        assertThat(boxes).hasSizeGreaterThanOrEqualTo(least);
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(boxes.get(i).overlaps(boxes.get(j)))
                        .as("boxes %d and %d", j, i)
                        .isFalse();
            }
        }
    }

    private static String text(String svg) throws Exception {
        return document(svg).getDocumentElement().getTextContent().replace('\u00a0', ' ');
    }

    @Test
    void aSmallPlanIsDrawn() throws Exception {
        Path file = folder.resolve("plan.svg");
        Bag.of("a", "b")
                .map(String::length)
                .named("\"<length>\" of")
                .groupBy(n -> n)
                .mapValues(List::size)
                .visualize(file);
        String svg = Files.readString(file);
        assertReadable(svg, 5);
        assertThat(svg)
                .as("fonts that browsers know")
                .contains("font-family=\"sans-serif\"")
                .doesNotContain("SansSerif");
        assertThat(text(svg))
                .contains("stage 1: 2 tasks", "stage 2", "\"<length>\" of", "groupBy", "mapValues", "fold into");
    }

    @Test
    void threeHundredStagesAreReadable() throws Exception {
        List<Delayed<?>> counts = new ArrayList<>();
        Bag<Integer> numbers = Bag.of(1, 2, 3).map(n -> n + 1);
        for (int i = 0; i < 98; i++) {
            int factor = i;
            counts.add(numbers.map(n -> n * factor).count());
        }
        Path file = folder.resolve("plan.html");
        Delayed.all(counts).visualize(file);
        String html = Files.readString(file);
        assertThat(html).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        assertReadable(html.substring(html.indexOf("<svg"), html.indexOf("</svg>") + 6), 198);
    }

    @Test
    void namesOfAllKindsAreDrawn() throws Exception {
        Bag<Integer> bag = Bag.of(1)
                .named("C:\\new\\logs\\two")
                .map(n -> n)
                .named("a\u0001b")
                .map(n -> n)
                .named("x".repeat(28) + "😀".repeat(60));
        Path file = folder.resolve("plan.svg");
        bag.visualize(file);
        assertThat(text(Files.readString(file))).contains("C:\\new\\logs\\two", "a\\u0001b", "😀…");
        bag.visualize(folder.resolve("plan.dot"));
    }

    @Test
    void aRunIsDrawnWithWhatItMeasured() throws Exception {
        Path file = folder.resolve("run.svg");
        try (Runner runner = Runner.local().threads(2).build()) {
            Bag.range(0, 1000).countBy(n -> n % 7).topByValue(3).compute(runner);
            runner.lastReport().orElseThrow().visualize(file);
        }
        String svg = Files.readString(file);
        assertReadable(svg, 4);
        assertThat(text(svg))
                .contains("countBy", "1,000 records, 0 B read in ", "64 tasks, ")
                .containsPattern("from 0\\.\\d+ s to \\d+\\.\\d+ s");
    }

    @Test
    void eachStageHasItsOwnFigures() throws Exception {
        Path file = folder.resolve("run.dot");
        RunListener callsAreStages = new RunListener() {};
        try (Runner runner = Runner.local().threads(2).listener(callsAreStages).build()) {
            Delayed<Integer> modulus = Delayed.call(() -> 7);
            Bag.range(0, 6, 3)
                    .mapWith(modulus, (n, m) -> n % m)
                    .sortBy(n -> n)
                    .count()
                    .compute(runner);
            runner.lastReport().orElseThrow().visualize(file);
        }
        String dot = Files.readString(file);
        for (String stage : dot.split("subgraph")) {
            Matcher tasks = Pattern.compile("stage \\d: (\\d+) task").matcher(stage);
            if (tasks.find()) {
                assertThat(stage).contains("\\n" + tasks.group(1) + " tasks, ");
            }
        }
        assertThat(dot).contains("measured1", "measured2").doesNotContain("measured0", "has not begun");
    }

    @Test
    void aRunOfCallsHasNoPicture() {
        Runner runner = Runner.inline();
        Delayed.call(() -> 1).compute(runner);
        Report report = runner.lastReport().orElseThrow();
        assertThatThrownBy(() -> report.visualize(folder.resolve("run.dot")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("visualize: calls is a run of calls alone, which has no stages");
    }

    @Test
    void otherFilesAreRefused() {
        Bag<Integer> bag = Bag.of(1);
        assertThatThrownBy(() -> bag.visualize(folder.resolve("plan.png")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("plan.png): the name of the file must end with .svg, .html or .dot");
        assertThatThrownBy(() -> bag.visualize(folder.resolve("missing/plan.dot")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the file cannot be written");
    }

    @Test
    void callsAndValuesAreEdges() throws IOException {
        Path file = folder.resolve("plan.dot");
        Delayed<Long> count = Bag.of(1, 2).count();
        Bag.of(1).mapWith(count.map(n -> n + 1).named("more"), (a, b) -> a + b).visualize(file);
        assertThat(Files.readString(file))
                .startsWith("digraph plan {")
                .contains("[label=\"map \\\"more\\\"\", shape=ellipse]")
                .contains("[style=dashed]");
    }
}

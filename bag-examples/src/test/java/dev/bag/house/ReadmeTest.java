package dev.bag.house;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every Java block of the README and the tour is a piece of {@link ReadmeExamplesTest}, so it compiles and does what is
 * said.
 */
class ReadmeTest {

    static final List<Path> DOCUMENTS = List.of(Path.of("README.md"), Path.of("docs/tour.md"));

    private static final Path EXAMPLES = Path.of("bag-examples/src/test/java/dev/bag/house/ReadmeExamplesTest.java");

    @Test
    void everyBlockIsARunExample() {
        List<String> examples = regions().stream().map(Region::text).toList();
        for (Path document : DOCUMENTS) {
            for (Document.Block block : Document.read(document).blocks()) {
                if (!block.language().equals("java")) continue;
                assertThat(block.text().stripIndent().strip())
                        .as("%s:%d: this block is no region of %s", document, block.line(), EXAMPLES)
                        .isIn(examples);
            }
        }
    }

    @Test
    void everyExampleIsInADocument() {
        List<String> blocks = DOCUMENTS.stream()
                .flatMap(document -> Document.read(document).blocks().stream())
                .map(block -> block.text().stripIndent().strip())
                .toList();
        for (Region region : regions()) {
            assertThat(region.text())
                    .as(
                            "%s:%d: no document has a block like the region \"%s\"",
                            EXAMPLES, region.first(), region.name())
                    .isIn(blocks);
        }
    }

    @Test
    void everyExampleIsPartOfATest() {
        SourceTree.Parsed parsed = SourceTree.parse(List.of(EXAMPLES));
        CompilationUnitTree unit = parsed.units().get(EXAMPLES);
        List<MethodTree> tests = tests(unit);
        for (Region region : regions()) {
            assertThat(tests)
                    .as("%s:%d: the region \"%s\" must stand in a @Test", EXAMPLES, region.first(), region.name())
                    .anyMatch(test -> parsed.firstLine(unit, test) < region.first()
                            && region.last() < parsed.lastLine(unit, test));
        }
    }

    private record Region(String name, int first, int last, String text) {}

    /** What stands between {@code // readme: name} and {@code // end}. */
    private static List<Region> regions() {
        List<Region> regions = new ArrayList<>();
        List<String> lines = SourceTree.lines(EXAMPLES);
        for (int i = 0; i < lines.size(); i++) {
            String start = lines.get(i).strip();
            if (!start.startsWith("// readme: ")) continue;
            int end = i + 1;
            while (!lines.get(end).strip().equals("// end")) end++;
            String text = lines.subList(i + 1, end).stream()
                    .collect(joining("\n"))
                    .stripIndent()
                    .strip();
            regions.add(new Region(start.substring("// readme: ".length()), i + 1, end + 1, text));
        }
        return regions;
    }

    private static List<MethodTree> tests(CompilationUnitTree unit) {
        List<MethodTree> tests = new ArrayList<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                boolean isTest = method.getModifiers().getAnnotations().stream()
                        .anyMatch(annotation ->
                                annotation.getAnnotationType().toString().equals("Test"));
                if (isTest) tests.add(method);
                return null;
            }
        }.scan(unit, null);
        return tests;
    }
}

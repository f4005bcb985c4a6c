package dev.bag.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files and methods have a limit, because long ones are hard to read. */
class SizeTest {

    private static final int CODE_LINES_OF_A_FILE = 400;
    private static final int LINES_OF_A_METHOD = 50;

    /** A facade may be longer, because its methods are documentation and one line each. */
    private static final Map<String, Integer> CODE_LINES_OF_A_FACADE = Map.of("Bag.java", 500);

    @Test
    void noFileIsTooLong() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : SourceTree.mainJavaFiles()) {
            long count = codeLines(SourceTree.lines(file));
            int limit = CODE_LINES_OF_A_FACADE.getOrDefault(file.getFileName().toString(), CODE_LINES_OF_A_FILE);
            if (count > limit) {
                tooLong.add(file + " has " + count + " lines of code, the limit is " + limit);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void noMethodIsTooLong() {
        List<String> tooLong = new ArrayList<>();
        SourceTree.Parsed parsed = SourceTree.parse(SourceTree.mainJavaFiles());
        parsed.units().forEach((file, unit) -> tooLong.addAll(longMethods(parsed, file, unit)));
        assertThat(tooLong).isEmpty();
    }

    @Test
    void commentsAndBlankLinesAreNotCode() {
        List<String> lines = List.of(
                "/** One line. */",
                "",
                "class A {",
                "    /*",
                "     * Several lines.",
                "     */",
                "    int a; // with a comment",
                "    // a comment",
                "    /* before */ int b;",
                "}");
        assertThat(codeLines(lines)).isEqualTo(4);
    }

    /** A block comment that begins behind code on its line is not looked for: the formatter leaves none. */
    private static long codeLines(List<String> lines) {
        long count = 0;
        boolean inComment = false;
        for (String line : lines) {
            String text = line.strip();
            boolean comment = inComment || text.startsWith("/*");
            if (comment) {
                int end = text.indexOf("*/");
                inComment = end < 0;
                text = inComment ? "" : text.substring(end + 2).strip();
            }
            if (!text.isEmpty() && !text.startsWith("//")) count++;
        }
        return count;
    }

    private static List<String> longMethods(SourceTree.Parsed parsed, Path file, CompilationUnitTree unit) {
        List<String> tooLong = new ArrayList<>();
        new TreeScanner<Void, String>() {
            @Override
            public Void visitClass(ClassTree type, String outer) {
                return super.visitClass(type, type.getSimpleName().toString());
            }

            @Override
            public Void visitMethod(MethodTree method, String type) {
                long first = parsed.firstLine(unit, method);
                long count = parsed.lastLine(unit, method) - first + 1;
                if (count > LINES_OF_A_METHOD) {
                    String name = method.getReturnType() == null ? type : type + "." + method.getName();
                    tooLong.add(file + ":" + first + " " + name + " has " + count + " lines, the limit is "
                            + LINES_OF_A_METHOD);
                }
                return super.visitMethod(method, type);
            }
        }.scan(unit, "");
        return tooLong;
    }
}

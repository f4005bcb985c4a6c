package dev.bag.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What these documents tell to type can be typed, and comes to what stands behind the arrow. */
class CookbookTest {

    private static final List<String> DOCUMENTS =
            List.of("cookbook", "errors", "memory", "extending", "files", "threads");

    private static final String ARROW = "// → ";

    @TempDir
    Path folder;

    private void write(String name, byte[] content) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.write(folder.resolve(name), content);
    }

    private void makeData() throws IOException {
        write("words.txt", "to be or not to be\nthat is the question\n".getBytes(StandardCharsets.UTF_8));
        write("latin1.txt", "Käse\n".getBytes(StandardCharsets.ISO_8859_1));
        write("semicolons.txt", "a;b;c".getBytes(StandardCharsets.UTF_8));
        write(
                "logs/mon.log",
                "10.0.0.1 GET /a 200 120\n10.0.0.2 GET /b 404 30\n10.0.0.1 POST /a 500 10\n"
                        .getBytes(StandardCharsets.UTF_8));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("logs/tue.log.gz")))) {
            out.write("10.0.0.3 GET /a 200 70\n10.0.0.1 GET /c 200 50\n".getBytes(StandardCharsets.UTF_8));
        }
        write("orders.csv", "id,customer,amount\n1,ann,10.5\n2,bob,3\n3,ann,7.25\n".getBytes(StandardCharsets.UTF_8));
        write("events.jsonl", """
                {"user": {"id": 1}, "type": "click", "ms": 12}
                {"user": {"id": 2}, "type": "view", "ms": 7}
                {"user": {"id": 1}, "type": "view", "ms": 30}
                """.getBytes(StandardCharsets.UTF_8));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("files.zip")))) {
            zip.putNextEntry(new ZipEntry("a.txt"));
            zip.write("x\ny\n".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("b.txt"));
            zip.write("z\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Lines of all blocks, with the folder of the test in place of {@code data}. */
    private List<String> typed() throws IOException {
        List<String> typed = new ArrayList<>();
        for (String document : DOCUMENTS) {
            boolean isCode = false;
            for (String line : SourceTree.lines(Path.of("docs", document + ".md"))) {
                if (line.startsWith("```")) {
                    isCode = line.equals("```java");
                } else if (isCode) {
                    typed.add(line.replace("\"data/", "\"" + folder + "/"));
                }
            }
        }
        return typed;
    }

    @Test
    void eachRecipeComesToWhatItSays() throws IOException {
        makeData();
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        try (TypedShell shell = new TypedShell()) {
            for (String line : typed()) {
                int arrow = line.indexOf(ARROW);
                Optional<String> value =
                        shell.type(arrow < 0 ? line : line.substring(0, arrow).strip());
                if (value.isPresent() && arrow >= 0) {
                    checked++;
                    if (!value.get().equals(line.substring(arrow + ARROW.length()))) {
                        wrong.add(line + "\n  is " + value.get());
                    }
                }
            }
            shell.check();
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(70);
    }
}

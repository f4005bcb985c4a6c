package dev.bag.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of JSON and CSV have columns where bags are shown as tables. */
class RowFieldsTest {

    private static final String HEAD =
            "<tr><th style=\"text-align: %s\">id</th><th style=\"text-align: left\">tag</th></tr>";

    @TempDir
    Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void fieldsOfJsonAreColumns() throws IOException {
        String path = file("a.jsonl", "{\"id\": 1, \"tag\": null}\n{\"id\": 2, \"tag\": [\"x\"]}\n");
        assertThat(JsonLines.read(path).toHtml())
                .contains(HEAD.formatted("right"), ">1<", "></td>", ">[&quot;x&quot;]<");
        assertThat(JsonLines.select("id", "tag").read(path).toHtml()).contains(HEAD.formatted("left"), ">2<", "></td>");
    }

    @Test
    void cellsOfCsvAreColumns() throws IOException {
        String path = file("a.csv", "id,tag\n1,\"a,b\"\n");
        assertThat(CsvFiles.read(path).toHtml()).contains(HEAD.formatted("left"), ">a,b<");
    }
}

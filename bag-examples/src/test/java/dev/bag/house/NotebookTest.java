package dev.bag.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The cells of the notebook can be run one after the other, and come to the outputs that are saved in it. With {@code
 * -Dnotebook.write=true} the outputs are written anew instead.
 */
public class NotebookTest {

    private static final Path NOTEBOOK = SourceTree.resolve(Path.of("docs/notebook.ipynb"));
    private static final String SVG = "image/svg+xml";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What cells have displayed: types and values by turns. */
    private static final List<String> DISPLAYED = new ArrayList<>();

    /** Called by cells, as a method of this name that the kernel has. */
    public static void display(Object value, String type) {
        DISPLAYED.add(type);
        DISPLAYED.add(value.toString());
    }

    @Test
    void cellsComeToWhatIsSaved() throws IOException {
        JsonNode notebook = JSON.readTree(NOTEBOOK.toFile());
        JsonNode saved = notebook.deepCopy();
        try (TypedShell shell = new TypedShell()) {
            shell.type("import static " + NotebookTest.class.getName() + ".display;");
            int count = 0;
            for (JsonNode cell : notebook.get("cells")) {
                if (cell.get("cell_type").asText().equals("code")) {
                    run((ObjectNode) cell, ++count, shell);
                }
            }
            shell.check();
        }
        if (Boolean.getBoolean("notebook.write")) {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
            Files.writeString(NOTEBOOK, JSON.writer(printer).writeValueAsString(notebook) + "\n");
        } else {
            for (int i = 0; i < saved.get("cells").size(); i++) {
                assertThat(withoutPictures(notebook.get("cells").get(i)))
                        .isEqualTo(withoutPictures(saved.get("cells").get(i)));
            }
        }
    }

    /** Where letters are in a picture depends on the fonts of the machine. */
    private static JsonNode withoutPictures(JsonNode cell) {
        for (JsonNode data : cell.findValues("data")) {
            if (data.has(SVG)) {
                assertThat(data.get(SVG).asText()).contains("<svg");
                ((ObjectNode) data).put(SVG, "");
            }
        }
        return cell;
    }

    /** Runs a cell, and puts its outputs in place of those that it has. */
    private static void run(ObjectNode cell, int count, TypedShell shell) {
        String value = "";
        DISPLAYED.clear();
        for (JsonNode line : cell.get("source")) {
            if (!line.asText().startsWith("%")) {
                Optional<String> typed = shell.type(line.asText().stripTrailing());
                value = typed.isPresent() && !line.asText().endsWith(";") ? typed.get() : "";
            }
        }
        cell.put("execution_count", count);
        ArrayNode outputs = cell.putArray("outputs");
        for (int i = 0; i < DISPLAYED.size(); i += 2) {
            ObjectNode output = outputs.addObject().put("output_type", "display_data");
            output.putObject("data").put(DISPLAYED.get(i), DISPLAYED.get(i + 1));
            output.putObject("metadata");
        }
        if (!value.isEmpty()) {
            ObjectNode output = outputs.addObject().put("output_type", "execute_result");
            output.put("execution_count", count).putObject("data").put("text/plain", value);
            output.putObject("metadata");
        }
    }
}

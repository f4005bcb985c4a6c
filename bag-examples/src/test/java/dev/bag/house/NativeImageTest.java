package dev.bag.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a native image must be told of is in the metadata of bag-core, and nothing else is. */
class NativeImageTest {

    private static final String METADATA = "META-INF/native-image/dev.bag/bag-core/reachability-metadata.json";
    private static final Pattern FIELD = Pattern.compile("VarHandle [A-Z]+ = (?:\\w+\\(\"(\\w+)\"|(\\w+)\\(\\))");
    private static final Pattern RESOURCE = Pattern.compile("getResourceAsStream\\(\"([^\"]+)\"\\)");

    private static JsonNode metadata() throws Exception {
        try (InputStream in = dev.bag.Bag.class.getClassLoader().getResourceAsStream(METADATA)) {
            return new ObjectMapper().readTree(in);
        }
    }

    @Test
    void allThatIsNamedIsThere() throws Exception {
        ClassLoader loader = dev.bag.Bag.class.getClassLoader();
        for (JsonNode each : metadata().get("reflection")) {
            Class<?> type = Class.forName(each.get("type").asText(), false, loader);
            for (JsonNode field : each.path("fields")) {
                assertThat(type.getDeclaredField(field.get("name").asText())).isNotNull();
            }
        }
        for (JsonNode each : metadata().get("resources")) {
            assertThat(loader.getResource(each.get("glob").asText())).isNotNull();
        }
    }

    @Test
    void allThatCodeLooksUpByNameIsNamed() throws Exception {
        Set<String> named = new TreeSet<>();
        for (JsonNode each : metadata().get("reflection")) {
            String file = each.get("type").asText().replaceAll("\\$.*", "").replaceAll(".*\\.", "");
            each.path("fields")
                    .forEach(field -> named.add(file + "." + field.get("name").asText()));
        }
        metadata().get("resources").forEach(each -> named.add(each.get("glob").asText()));
        List<String> lookedUp = new ArrayList<>();
        for (Path file : SourceTree.mainJavaFiles()) {
            if (!file.startsWith("bag-core") && !file.startsWith("bag-io") && !file.startsWith("bag-view")) {
                continue;
            }
            String name = file.getFileName().toString().replace(".java", "");
            String text = String.join("\n", SourceTree.lines(file));
            for (Matcher field = FIELD.matcher(text); field.find(); ) {
                lookedUp.add(name + "." + (field.group(1) == null ? field.group(2) : field.group(1)));
            }
            for (Matcher resource = RESOURCE.matcher(text); resource.find(); ) {
                String path = file.toString().replaceAll(".*/java/", "");
                lookedUp.add(path.substring(0, path.lastIndexOf('/') + 1) + resource.group(1));
            }
        }
        assertThat(lookedUp).containsExactlyInAnyOrderElementsOf(named);
    }
}

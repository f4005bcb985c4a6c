package dev.bag.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change of the public API is seen in a diff of api.txt, and never made by accident. */
class PublicApiTest {

    private static final Pattern TYPE_NAME = Pattern.compile("dev\\.bag\\.[\\w.]+");
    private static final String WRITE = "mvn -pl bag-examples -am test -Dquick -Dtest=PublicApiTest -Dapi.write=true";

    @ParameterizedTest
    @ValueSource(strings = {"bag-core", "bag-io"})
    void theApiIsTheOneInApiTxt(String module) throws IOException {
        Path file = Path.of(module, "api.txt");
        List<String> actual = PublicApi.describe(SourceTree.exportedPackages(module));
        if (Boolean.getBoolean("api.write")) Files.write(SourceTree.resolve(file), actual);
        List<String> expected = SourceTree.exists(file) ? SourceTree.lines(file) : List.of();
        assertThat(changes(expected, actual))
                .as("%s is not the API as it is now. If the change is meant, write it anew with%n  %s", file, WRITE)
                .isEmpty();
    }

    private static List<String> changes(List<String> before, List<String> after) {
        List<String> old = withTypes(before);
        List<String> now = withTypes(after);
        Stream<String> gone = old.stream().filter(line -> !now.contains(line)).map(line -> "gone: " + line);
        Stream<String> added = now.stream().filter(line -> !old.contains(line)).map(line -> "new: " + line);
        return Stream.concat(gone, added).toList();
    }

    /** Members with the name of their type, which stands in a line above them. */
    private static List<String> withTypes(List<String> lines) {
        List<String> named = new ArrayList<>();
        String type = "";
        for (String line : lines) {
            boolean isMember = line.startsWith(" ");
            Matcher name = TYPE_NAME.matcher(line);
            if (!isMember && name.find()) type = name.group() + ": ";
            if (!line.isBlank()) named.add(isMember ? type + line.strip() : line);
        }
        return named;
    }
}

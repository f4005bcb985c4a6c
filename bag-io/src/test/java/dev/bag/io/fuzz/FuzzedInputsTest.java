package dev.bag.io.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzers are given, without a fuzzer: seeds, inputs that have been kept, and some changes of both. */
@Tag("P8")
@Tag("P16")
class FuzzedInputsTest {

    private static final int CHANGED = Integer.getInteger("fuzz.changed", 400);

    static Iterable<String> names() {
        return FuzzTargets.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void areReadOrRefusedAsTheyShouldBe(String name) throws Exception {
        FuzzTarget target = FuzzTargets.of(name);
        List<byte[]> inputs = new ArrayList<>(target.seeds());
        assertThat(inputs).isNotEmpty();
        for (Path kept : kept(name)) {
            inputs.add(Files.readAllBytes(kept));
        }
        for (byte[] input : inputs) {
            read(target, input);
        }
        Mutations mutations = new Mutations(inputs, Long.getLong("fuzz.seed", 1));
        for (int i = 0; i < CHANGED; i++) {
            read(target, mutations.next());
        }
    }

    private static void read(FuzzTarget target, byte[] input) {
        try {
            target.read(input);
        } catch (Throwable e) {
            throw new AssertionError("input: " + HexFormat.of().formatHex(input), e);
        }
    }

    /** In the folder {@code fuzz/NAME} of the tests' resources. */
    private static List<Path> kept(String name) throws IOException, URISyntaxException {
        URL folder = FuzzedInputsTest.class.getResource("/fuzz/" + name);
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        }
    }
}

package dev.bag.io.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a target was found to go new ways with, or to go wrong with before it was mended: in the tests' resource {@code
 * fuzz/NAME.txt}, in Base64, one input a line. A line that begins with {@code #} is a comment.
 */
final class KeptInputs {

    private KeptInputs() {}

    /** Returns the seeds of a target and what was kept for it. */
    static List<byte[]> withSeeds(String name, FuzzTarget target) throws Exception {
        List<byte[]> inputs = new ArrayList<>(target.seeds());
        inputs.addAll(of(name));
        return inputs;
    }

    private static List<byte[]> of(String name) throws IOException {
        try (InputStream in = KeptInputs.class.getResourceAsStream("/fuzz/" + name + ".txt")) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), US_ASCII)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(Base64.getDecoder()::decode)
                            .toList();
        }
    }
}

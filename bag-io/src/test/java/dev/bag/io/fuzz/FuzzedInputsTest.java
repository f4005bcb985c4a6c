package dev.bag.io.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a fuzzer gives to its targets, without a fuzzer: seeds, inputs that were kept, and some changes of both. With {@code
 * -Dfuzz.changed=N}, N changes, and other ones with {@code -Dfuzz.seed=N}.
 */
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
        List<byte[]> inputs = KeptInputs.withSeeds(name, target);
        assertThat(inputs).isNotEmpty();
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
}

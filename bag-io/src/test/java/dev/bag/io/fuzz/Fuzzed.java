package dev.bag.io.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where Jazzer begins: it is given the name of a target, and calls the target with one input after the other. */
public final class Fuzzed {

    private static FuzzTarget target;

    private Fuzzed() {}

    /** Called first, with what the argument {@code --target_args} says. */
    public static void fuzzerInitialize(String... arguments) {
        target = FuzzTargets.of(arguments[0]);
    }

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        target.read(input);
    }

    /** Gives files to a target, without Jazzer: {@code Fuzzed TARGET FILES}. */
    public static void main(String... arguments) throws Exception {
        fuzzerInitialize(arguments);
        for (int i = 1; i < arguments.length; i++) {
            fuzzerTestOneInput(Files.readAllBytes(Path.of(arguments[i])));
        }
    }
}

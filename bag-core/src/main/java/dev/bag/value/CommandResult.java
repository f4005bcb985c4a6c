package dev.bag.value;

import java.io.Serializable;
import java.util.Objects;

/**
 * What has become of a command: see {@code Bag.exec}.
 *
 * @param exitCode the exit code of the program; by convention 0 if it has succeeded
 * @param output all that it has printed, read as UTF-8
 * @param error the end of what it has printed to its error stream, at most 65,536 bytes, read as UTF-8; bytes that are not are
 *     replaced
 */
public record CommandResult(int exitCode, String output, String error) implements Serializable {

    /** Checks that there are texts. */
    public CommandResult {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(error, "error");
    }
}

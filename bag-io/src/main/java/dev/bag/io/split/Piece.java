package dev.bag.io.split;

import static java.util.Objects.requireNonNull;

import dev.bag.io.codec.InputFile;
import java.io.Serializable;

/** The bytes of a file between the {@linkplain Boundaries boundaries} of two offsets. */
public record Piece(InputFile file, long from, long to) implements Serializable {

    /** Checks that the offsets lie in the file, in order. */
    public Piece {
        requireNonNull(file, "file");
        if (from < 0 || from > to || to > file.byteCount()) {
            throw new IllegalArgumentException(
                    "from " + from + " to " + to + " of " + file.byteCount() + " bytes is not in order");
        }
    }

    /** All bytes of a file. */
    public static Piece whole(InputFile file) {
        return new Piece(file, 0, file.byteCount());
    }
}

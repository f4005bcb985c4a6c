package dev.bag.io;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A record, and where it was read.
 *
 * @param <T> the type of the record
 * @param file the path or URI of the file
 * @param line the number of the line in the file, from 1
 * @param text the record
 */
public record Sourced<T>(String file, long line, T text) implements Serializable {

    /** Checks that nothing is null. */
    public Sourced {
        requireNonNull(file, "file");
        requireNonNull(text, "text");
    }
}

package dev.bag.io;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * What was written.
 *
 * @param paths the files, in the order of the partitions
 * @param records how many records they hold
 * @param bytes how many bytes they have, compressed if they are
 */
public record Written(List<Path> paths, long records, long bytes) {

    /** Copies the list. */
    public Written {
        paths = List.copyOf(requireNonNull(paths, "paths"));
    }
}

package dev.bag.value;

import dev.bag.text.Digits;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A place in the input, for people: which file, and where in it.
 *
 * @param file the path or URI as it was read
 * @param line the line, from 1; empty if it is not known
 * @param offset the byte at which the record begins, from 0; in compressed input a byte of the decompressed data if a
 *     record is meant, and of the compressed data if the compression is
 * @param entry the name of the entry, in an archive
 */
public record Location(String file, OptionalLong line, OptionalLong offset, Optional<String> entry)
        implements Serializable {

    /** Checks that nothing is null. */
    public Location {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(offset, "offset");
        Objects.requireNonNull(entry, "entry");
    }

    /** Optional values cannot be serialized, so the parts are. */
    private Object writeReplace() {
        return new Parts(file, line.orElse(-1), offset.orElse(-1), entry.orElse(""));
    }

    private record Parts(String file, long line, long offset, String entry) implements Serializable {

        private Object readResolve() {
            return new Location(
                    file, optional(line), optional(offset), Optional.of(entry).filter(name -> !name.isEmpty()));
        }

        private static OptionalLong optional(long number) {
            return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
        }
    }

    /**
     * Returns the place of a whole file.
     *
     * @param file the path or URI as it was read
     */
    public static Location of(String file) {
        return new Location(file, OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }

    /**
     * Returns the place of a byte of a file.
     *
     * @param file the path or URI as it was read
     * @param offset the byte, from 0
     */
    public static Location at(String file, long offset) {
        return new Location(file, OptionalLong.empty(), OptionalLong.of(offset), Optional.empty());
    }

    /**
     * Returns the place of a record of a file.
     *
     * @param file the path or URI as it was read
     * @param line the line, from 1
     * @param offset the byte at which the record begins, from 0
     */
    public static Location at(String file, long line, long offset) {
        return new Location(file, OptionalLong.of(line), OptionalLong.of(offset), Optional.empty());
    }

    /** Returns the place for messages: {@code logs/a.log, line 18,204}, or with the byte if no line is known. */
    @Override
    public String toString() {
        String name = entry.map(inside -> file + "!/" + inside).orElse(file);
        if (line.isPresent()) {
            return name + ", line " + Digits.grouped(line.getAsLong());
        }
        return offset.isPresent() ? name + ", byte " + Digits.grouped(offset.getAsLong()) : name;
    }
}

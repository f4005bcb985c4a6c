package dev.bag.io.split;

import static java.util.Objects.requireNonNull;

import dev.bag.io.file.InputFile;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The bytes of a file between the {@linkplain Boundaries boundaries} of two offsets. */
public record FileSlice(InputFile file, long from, long to) implements Serializable {

    /** Checks that the offsets lie in the file, in order. */
    public FileSlice {
        requireNonNull(file, "file");
        if (from < 0 || from > to || to > file.byteCount()) {
            throw new IllegalArgumentException(
                    "from " + from + " to " + to + " of " + file.byteCount() + " bytes is not in order");
        }
    }

    /** Returns all bytes of a file. */
    public static FileSlice whole(InputFile file) {
        return new FileSlice(file, 0, file.byteCount());
    }

    /** Returns how many bytes slices have together, as they are stored; empty if the size of a file is not known. */
    public static OptionalLong byteCount(List<FileSlice> slices) {
        long sum = 0;
        for (FileSlice slice : slices) {
            if (!slice.file.sizeIsKnown()) {
                return OptionalLong.empty();
            }
            sum += slice.length();
        }
        return OptionalLong.of(sum);
    }

    /** Returns what slices are, for people: the file, and from where to where if it is not all of it; or how many files. */
    public static String names(List<FileSlice> slices) {
        FileSlice first = slices.get(0);
        if (slices.size() > 1) {
            return first.file.name() + " and " + (slices.size() - 1) + " more";
        }
        return first.isWhole() || !first.file.sizeIsKnown()
                ? first.file.name()
                : String.format(Locale.ROOT, "%s from byte %,d to %,d", first.file.name(), first.from, first.to);
    }

    /** Returns how many bytes there are. */
    public long length() {
        return to - from;
    }

    /** Returns whether these are all bytes of the file. */
    public boolean isWhole() {
        return from == 0 && to == file.byteCount();
    }
}

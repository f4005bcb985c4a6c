package dev.bag.io.parts;

import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.Limits.AfterFailure;
import dev.bag.io.file.InputFile;
import dev.bag.io.split.FileListing;
import dev.bag.io.split.FileSlice;
import dev.bag.io.units.UnitCodec.Division;
import dev.bag.io.units.Units;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code explain()} says of the files of a partition: how they can be cut, or why not. Looks at a few of their bytes. */
public final class FileNotes {

    private static final int MOST_FILES_LOOKED_AT = 10;

    private FileNotes() {}

    /** Returns what is worth telling; empty if nothing is. */
    static Optional<String> of(List<FileSlice> slices, TextFormat format, Decompression decompression) {
        for (FileSlice slice : slices.subList(0, Math.min(slices.size(), MOST_FILES_LOOKED_AT))) {
            boolean isBegin = slice.from() == 0 && slice.file().entries() == null;
            Optional<String> contradiction = isBegin ? decompression.contradiction(slice.file()) : Optional.empty();
            if (contradiction.isPresent()) {
                return contradiction;
            }
        }
        return slices.size() == 1 ? of(slices.get(0), format, decompression) : Optional.empty();
    }

    private static Optional<String> of(FileSlice slice, TextFormat format, Decompression decompression) {
        InputFile file = slice.file();
        if (!file.sizeIsKnown()) {
            return Optional.of("how large it is turns out when it is read");
        }
        if (file.entries() != null) {
            return ofArchive(file);
        }
        if (decompression.expectedFor(file)) {
            return slice.from() == 0
                    ? ofCompressed(slice, format, Units.division(file, decompression))
                    : Optional.empty();
        }
        if (!slice.isWhole()) {
            return Optional.empty();
        }
        return decompression.limits().afterFailure() == AfterFailure.FAIL
                ? format.whyNotSplit()
                : Optional.of("onFileError(...) says what becomes of a whole file, so it is not cut");
    }

    /** Returns why the entries of an archive are read by one thread; empty if they need not be. */
    public static Optional<String> ofArchive(InputFile archive) {
        return FileListing.isArchiveToBeCut(archive.tellingName())
                ? Optional.empty()
                : Optional.of("an archive of this format is read from its beginning on");
    }

    private static Optional<String> ofCompressed(FileSlice slice, TextFormat format, @Nullable Division division) {
        if (!format.splitsAtAnyByte()) {
            return Optional.of(format.whyNotSplit()
                    .orElse("a compressed file with characters of two or four bytes is read from its beginning on"));
        }
        if (division == null) {
            return Optional.of("a compressed file is read from its beginning on");
        }
        String what = slice.file().name() + ": " + division.what();
        if (!division.isPossible()) {
            return Optional.of(what + ", read by one task");
        }
        return slice.isWhole() ? Optional.empty() : Optional.of(what + ", read in pieces");
    }
}

package dev.bag.io.csv;

import dev.bag.io.codec.Decompression;
import dev.bag.io.file.InputFile;
import dev.bag.io.parts.EntriesInTurn;
import dev.bag.io.parts.FileNotes;
import dev.bag.io.parts.PartList;
import dev.bag.io.parts.SlicesInTurn;
import dev.bag.io.parts.TextFormat;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The records of some files of comma-separated values, or of a slice of one.
 *
 * @param slices in order; more than one only if they are whole files
 * @param <T> what is made of the rows
 */
public record CsvPart<T>(
        List<FileSlice> slices, TextFormat text, CsvFormat format, Decompression decompression, Row.Makers<T> makers)
        implements Part<T> {

    @Override
    public Chunks<T> open() throws IOException {
        return new SlicesInTurn<>(
                slices,
                decompression.limits().afterFailure(),
                slice -> slice.file().entries() == null
                        ? OpenedCsv.open(slice, this)
                        : EntriesInTurn.open(slice, decompression, (entry, size) -> OpenedCsv.open(entry, this)));
    }

    /** Cutting a text into whole records is quick, and parsing them can be done by any thread. */
    @Override
    public boolean pipelined() {
        return isOfWholeFiles();
    }

    private boolean isOfWholeFiles() {
        return slices.size() != 1 || slices.get(0).isWhole();
    }

    @Override
    public Optional<String> reads() {
        return Optional.of(FileSlice.names(slices));
    }

    /** Returns the number of bytes in the files; of compressed ones the compressed bytes. Empty if one is not known. */
    @Override
    public OptionalLong byteCount() {
        return FileSlice.byteCount(slices);
    }

    @Override
    public Optional<String> note() {
        if (slices.size() != 1) {
            return Optional.empty();
        }
        InputFile file = slices.get(0).file();
        if (!file.sizeIsKnown()) {
            return Optional.of("how large it is turns out when it is read");
        }
        if (file.entries() != null) {
            return FileNotes.ofArchive(file);
        }
        if (decompression.expectedFor(file)) {
            return Optional.of("a compressed file is read from its beginning on");
        }
        return format.dialect().multiline()
                ? Optional.of("values may have line ends, so a file is not cut; multiline(false) says that none has")
                : text.whyNotSplit();
    }

    /** Makes parts of files of comma-separated values. */
    public record Maker<T>(TextFormat text, CsvFormat format, Decompression decompression, Row.Makers<T> makers)
            implements PartList.Maker<CsvPart<T>> {

        @Override
        public CsvPart<T> part(List<FileSlice> slices) {
            return new CsvPart<>(slices, text, format, decompression, makers);
        }
    }
}

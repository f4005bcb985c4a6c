package dev.bag.io;

import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.InputFile;
import dev.bag.io.csv.Header;
import dev.bag.io.csv.Row;
import dev.bag.io.split.FileSlice;
import dev.bag.io.split.Partitions;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.SourceException;
import java.io.IOException;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.RandomAccess;

/**
 * The records of some files of comma-separated values, or of a slice of one.
 *
 * @param slices in order; more than one only if they are whole files
 * @param <T> what is made of the rows
 */
record CsvPart<T>(
        List<FileSlice> slices, TextFormat text, CsvFormat format, Decompression decompression, RowMakers<T> makers)
        implements Part<T> {

    /**
     * What is made of rows.
     *
     * @param <T> the records
     */
    @FunctionalInterface
    interface RowMakers<T> extends Serializable {

        /** Returns what makes records of the rows of a file, or refuses its header, which stands in a line. */
        RowMaker<T> of(Header header, InputFile file, long headerLine) throws SourceException;
    }

    /**
     * Makes a record of a row. Used by several threads at once.
     *
     * @param <T> the records
     */
    @FunctionalInterface
    interface RowMaker<T> {

        /** Returns the record. */
        T make(Row row) throws Exception;
    }

    @Override
    public Chunks<T> open() throws IOException {
        return new SlicesInTurn<>(slices, slice -> OpenedCsv.open(slice, this));
    }

    /** Cutting a text into whole records is quick, and parsing them can be done by any thread. */
    @Override
    public boolean pipelined() {
        return isOfWholeFiles();
    }

    private boolean isOfWholeFiles() {
        return slices.size() != 1 || slices.get(0).isWhole();
    }

    /** Returns the number of bytes in the files; of compressed ones the compressed bytes. Empty if one is not known. */
    @Override
    public OptionalLong byteCount() {
        long sum = 0;
        for (FileSlice slice : slices) {
            if (!slice.file().sizeIsKnown()) {
                return OptionalLong.empty();
            }
            sum += slice.to() - slice.from();
        }
        return OptionalLong.of(sum);
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
        if (decompression.expectedFor(file)) {
            return Optional.of("a compressed file is read from its beginning on");
        }
        return format.dialect().multiline()
                ? Optional.of("values may have line ends, so a file is not cut; multiline(false) says that none has")
                : text.whyNotSplit();
    }

    /** The parts of files, one for each partition, made as they are asked for. */
    static final class CsvParts<T> extends AbstractList<CsvPart<T>> implements RandomAccess, Serializable {

        private static final long serialVersionUID = 1;

        private final Partitions partitions;
        private final TextFormat text;
        private final CsvFormat format;
        private final Decompression decompression;
        private final RowMakers<T> makers;

        CsvParts(
                Partitions partitions,
                TextFormat text,
                CsvFormat format,
                Decompression decompression,
                RowMakers<T> makers) {
            this.partitions = partitions;
            this.text = text;
            this.format = format;
            this.decompression = decompression;
            this.makers = makers;
        }

        @Override
        public int size() {
            return partitions.size();
        }

        @Override
        public CsvPart<T> get(int index) {
            return new CsvPart<>(partitions.get(index), text, format, decompression, makers);
        }
    }
}

package dev.bag.io.csv;

import static dev.bag.io.file.Numbers.grouped;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.bag.io.csv.CsvBinding.BadCell;
import dev.bag.io.csv.RowBlocks.Block;
import dev.bag.io.csv.Rows.BadRow;
import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.io.file.PrefixedInput;
import dev.bag.io.format.Buffers;
import dev.bag.io.format.ChunkReader;
import dev.bag.io.format.Encoding;
import dev.bag.io.format.MalformedBytes.Treatment;
import dev.bag.io.split.Boundaries;
import dev.bag.io.split.FileSlice;
import dev.bag.io.split.RangeInput;
import dev.bag.source.BadRecordException;
import dev.bag.source.Chunk;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One file of comma-separated values, or a slice of it, that is being read: finds out how it is compressed and encoded, and
 * which columns it has.
 *
 * @param <T> what is made of the rows
 */
final class OpenedCsv<T> implements ChunkReader<Chunk<T>> {

    private static final int LONGEST_MARK = 4;

    private final CsvPart<T> part;
    private final FileBytes bytes;
    private final ByteInput input;
    private final RowBlocks text;
    private final LinesBefore linesBefore;

    /** Both are known when the first row has been seen, which in a slice is read before. */
    private @Nullable Header header;

    private Row.@Nullable Maker<T> maker;

    private OpenedCsv(
            CsvPart<T> part,
            FileBytes bytes,
            ByteInput input,
            long offset,
            Encoding encoding,
            LinesBefore linesBefore) {
        this.part = part;
        this.bytes = bytes;
        this.input = input;
        this.linesBefore = linesBefore;
        this.text = blocks(text(part, bytes.file(), offset, encoding, linesBefore), input);
    }

    /**
     * Returns the blocks of a text: of bytes, where each character with a meaning is a byte of UTF-8 and the text need not be
     * decoded; otherwise of characters.
     */
    private static RowBlocks blocks(RowBlocks.Text text, ByteInput input) {
        return text.charset().equals(UTF_8)
                        && !text.replaced()
                        && text.dialect().isAscii()
                ? new RowBytes(text, input, text.blockLength())
                : new RowText(text, input);
    }

    private static RowBlocks.Text text(
            CsvPart<?> part, InputFile file, long offset, Encoding encoding, RowBlocks.Lines linesBefore) {
        return new RowBlocks.Text(
                file,
                offset,
                encoding.charset(),
                isReplacing(part),
                part.format().dialect(),
                part.format().mostCharacters(),
                blockLength(part, file),
                linesBefore);
    }

    private static int blockLength(CsvPart<?> part, InputFile file) {
        int length = part.pipelined() ? Buffers.HANDED_OVER_LENGTH : Buffers.KEPT_LENGTH;
        boolean isKnown = file.sizeIsKnown()
                && file.entries() == null
                && !part.decompression().expectedFor(file);
        return isKnown ? (int) Math.min(length, file.byteCount() + 1) : length;
    }

    private static boolean isReplacing(CsvPart<?> part) {
        return part.text().malformed() == Treatment.REPLACE;
    }

    /** Opens a slice; null if it has no rows. */
    static <T> @Nullable OpenedCsv<T> open(FileSlice slice, CsvPart<T> part) throws IOException {
        FileBytes bytes = FileBytes.open(slice.file());
        try {
            OpenedCsv<T> opened = open(slice, part, bytes);
            if (opened == null) {
                bytes.close();
            }
            return opened;
        } catch (Throwable e) {
            bytes.close();
            throw e;
        }
    }

    /** Opens an entry of an archive; null if it has no rows. */
    static <T> @Nullable OpenedCsv<T> open(FileBytes entry, CsvPart<T> part) throws IOException {
        return open(FileSlice.whole(entry.file()), part, entry);
    }

    private static <T> @Nullable OpenedCsv<T> open(FileSlice slice, CsvPart<T> part, FileBytes bytes)
            throws IOException {
        ByteInput input = part.decompression().open(bytes);
        boolean whole = slice.isWhole();
        if (!whole && input == bytes) {
            Encoding encoding = part.text().encoding(bytes.file(), bytes.head());
            if (encoding.lineEnd() != null) {
                return openSlice(slice, part, bytes, encoding);
            }
        }
        // A file that cannot be cut was planned as several slices if its name did not tell: the first one reads it all.
        return slice.from() == 0 ? openWhole(part, bytes, input) : null;
    }

    private static <T> OpenedCsv<T> openWhole(CsvPart<T> part, FileBytes bytes, ByteInput input) throws IOException {
        try {
            PrefixedInput prefixed = new PrefixedInput(input, LONGEST_MARK);
            Encoding encoding = part.text().encoding(bytes.file(), prefixed.head());
            prefixed.skip(encoding.markLength());
            return new OpenedCsv<>(part, bytes, prefixed, encoding.markLength(), encoding, LinesBefore.NONE);
        } catch (Throwable e) {
            input.close();
            throw e;
        }
    }

    /** The columns are in the first row of the file, which belongs to no slice. */
    private static <T> @Nullable OpenedCsv<T> openSlice(
            FileSlice slice, CsvPart<T> part, FileBytes bytes, Encoding encoding) throws IOException {
        InputFile file = bytes.file();
        RangeInput all = new RangeInput(bytes, encoding.markLength(), file.byteCount());
        RowBlocks.Text text = text(part, file, encoding.markLength(), encoding, LinesBefore.NONE);
        RowText.FirstRow first = new RowText(text, all).firstRow();
        if (first == null) {
            return null;
        }
        long dataBegin = encoding.markLength();
        if (part.format().hasHeader()) {
            dataBegin += RowText.byteCount(
                    first, encoding.charset(), isReplacing(part), new RangeInput(bytes, dataBegin, file.byteCount()));
        }
        RangeInput range = new Boundaries(bytes, requireNonNull(encoding.lineEnd()), encoding.markLength()).open(slice);
        long end = range.begin() + range.byteCount();
        long begin = Math.max(range.begin(), dataBegin);
        if (begin >= end) {
            return null;
        }
        LinesBefore lines = new LinesBefore(() -> countLines(text, begin));
        OpenedCsv<T> opened = new OpenedCsv<>(part, bytes, new RangeInput(bytes, begin, end), begin, encoding, lines);
        opened.begin(first.values(), first.line());
        return opened;
    }

    private static long countLines(RowBlocks.Text of, long end) throws IOException {
        try (FileBytes bytes = FileBytes.open(of.file())) {
            RowBlocks.Text lines = of.ofLines(of.dialect().withMultiline(true));
            return new RowText(lines, new RangeInput(bytes, of.offset(), end)).countLines();
        }
    }

    /** Takes the columns from the first row. */
    private void begin(String[] first, long line) throws IOException {
        header = headerOf(first, line);
        maker = part.makers().of(header, bytes.file(), line);
    }

    private Header headerOf(String[] first, long line) throws SourceException {
        CsvFormat format = part.format();
        if (!format.hasHeader()) {
            return format.names() == null
                    ? Header.ofCount(first.length)
                    : Header.of(format.names().toArray(String[]::new));
        }
        Optional<String> duplicate = Header.duplicate(first);
        if (duplicate.isPresent()) {
            throw RowBlocks.failure(
                    bytes.file(),
                    line,
                    "two columns are called \"" + CsvBinding.excerpt(duplicate.get()) + "\"",
                    "If this is no header, use noHeader() or header(...).");
        }
        return Header.of(first);
    }

    /** Returns the next records, or null after the last ones. */
    @Override
    public @Nullable Chunk<T> nextChunk() throws IOException {
        Block block = text.next();
        while (block != null) {
            Rows rows = block.rows(part.format().dialect());
            if (header != null) {
                return new CsvChunk(block, rows, null);
            }
            Row first = parsed(rows, block);
            if (first != null) {
                begin(first.values(), block.linesBefore() + first.line());
                return new CsvChunk(block, rows, part.format().hasHeader() ? null : first);
            }
            block = text.next();
        }
        return null;
    }

    private @Nullable Row parsed(Rows rows, Block block) throws IOException {
        try {
            return rows.next();
        } catch (BadRow e) {
            throw bad(failure(block, e.line(), e.getMessage(), e.remedy()), e.text());
        }
    }

    /** An error of one row, after which the next one can be read. */
    private static BadRecordException bad(SourceException e, String text) {
        return new BadRecordException(e.location(), String.valueOf(e.getMessage()), e.getCause(), text);
    }

    private SourceException failure(Block block, long line, @Nullable String complaint, String remedy)
            throws IOException {
        long inFile = linesBefore.count() + block.linesBefore() + line;
        return RowBlocks.failure(bytes.file(), inFile, String.valueOf(complaint), remedy);
    }

    @Override
    public long position() {
        return bytes.position();
    }

    @Override
    public long bytesPassedOver() {
        return bytes.bytesPassedOver();
    }

    @Override
    public void close() throws IOException {
        text.close();
        try (bytes) {
            input.close();
        }
    }

    /** The records of a block, which are parsed as they are asked for, by any thread. */
    private final class CsvChunk implements Chunk<T> {

        private final Block block;
        private final Rows rows;
        private final Header columns = requireNonNull(header);
        private final Row.Maker<T> records = requireNonNull(maker);

        /** A row that was looked at, and is data all the same. */
        private @Nullable Row ahead;

        private long line;

        CsvChunk(Block block, Rows rows, @Nullable Row ahead) {
            this.block = block;
            this.rows = rows;
            this.ahead = ahead;
        }

        @Override
        public @Nullable T next() throws Exception {
            Row row = ahead == null ? parsed(rows, block) : ahead;
            ahead = null;
            if (row == null) {
                return null;
            }
            line = row.line();
            try {
                check(row);
                return records.make(row);
            } catch (BadCell e) {
                String remedy = "Mend the file, make the component a String or an Optional, or read without a class.";
                throw bad(failure(block, line, e.getMessage(), remedy), textOf(row));
            } catch (SourceException e) {
                throw bad(e, textOf(row));
            }
        }

        private String textOf(Row row) {
            return String.join(String.valueOf(part.format().dialect().separator()), row.values());
        }

        @Override
        public void release() {
            text.release(block);
        }

        private void check(Row row) throws IOException {
            int count = row.count();
            if (count != columns.size() && !part.format().ragged()) {
                throw failure(
                        block,
                        line,
                        "the record has " + grouped(count) + (count == 1 ? " value" : " values") + ", but there "
                                + (columns.size() == 1 ? "is 1 column" : "are " + grouped(columns.size()) + " columns"),
                        "Is delimiter(...) or quote(...) another character? To read such records, use allowRaggedRecords().");
            }
            if (row.isLongerThan(part.format().mostCharacters())) {
                throw failure(
                        block,
                        line,
                        "the record has more than " + grouped(part.format().mostCharacters()) + " characters",
                        "If it is meant to be so long, raise the limit with maxRecordLength(...).");
            }
        }

        @Override
        public Optional<Location> location() {
            try {
                long inFile = linesBefore.count() + block.linesBefore() + line;
                return Optional.of(bytes.file().location(OptionalLong.of(inFile), OptionalLong.empty()));
            } catch (IOException e) {
                // The file has gone or changed: the error that is being told matters more than its line.
                return Optional.of(bytes.file().location());
            }
        }
    }

    /** The lines before a slice, counted once, and only if something fails. */
    private static final class LinesBefore implements RowBlocks.Lines {

        static final LinesBefore NONE = new LinesBefore(() -> 0);

        private final RowBlocks.Lines counting;
        private long counted = -1;

        LinesBefore(RowBlocks.Lines counting) {
            this.counting = counting;
        }

        @Override
        public synchronized long count() throws IOException {
            if (counted < 0) {
                counted = counting.count();
            }
            return counted;
        }
    }
}

package dev.bag.io.parts;

import dev.bag.io.codec.BuiltInCodec;
import dev.bag.io.codec.Decompression;
import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.io.file.LineCounts.Preceding;
import dev.bag.io.file.PrefixedInput;
import dev.bag.io.format.Buffers;
import dev.bag.io.format.ByteOrderMark;
import dev.bag.io.format.ChunkReader;
import dev.bag.io.format.Encoding;
import dev.bag.io.format.ForwardLines;
import dev.bag.io.format.LineChunk;
import dev.bag.io.format.RecordMaker;
import dev.bag.io.format.TextFile;
import dev.bag.io.format.TextRecords;
import dev.bag.io.format.WholeLines;
import dev.bag.io.parts.TextPart.RecordMakers;
import dev.bag.io.split.Boundaries;
import dev.bag.io.split.FileSlice;
import dev.bag.io.split.RangeInput;
import dev.bag.io.split.UnitRange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Opens slices of files as lines: finds out how a file is compressed and encoded, and where the slice begins and ends.
 * The one place that knows codecs, boundaries and formats at once.
 *
 * @param <T> the records made of the lines
 */
final class OpenedSlice<T> {

    private final FileSlice slice;
    private final TextFormat format;
    private final Decompression decompression;
    private final int chunkLength;
    private final RecordMakers<T> makers;
    private final FileBytes bytes;

    /** How many bytes there are, if that is known to be few. */
    private long expectedBytes = Long.MAX_VALUE - 1;

    private OpenedSlice(FileSlice slice, TextPart<T> part, FileBytes bytes) {
        this.slice = slice;
        this.format = part.format();
        this.decompression = part.decompression();
        this.chunkLength = part.chunkLength();
        this.makers = part.makers();
        this.bytes = bytes;
    }

    /** Returns the lines of a slice; null if it has none. */
    static <T> @Nullable ChunkReader<LineChunk<T>> open(FileSlice slice, TextPart<T> part) throws IOException {
        FileBytes bytes = FileBytes.open(slice.file());
        try {
            ChunkReader<LineChunk<T>> reader = new OpenedSlice<>(slice, part, bytes).reader();
            if (reader == null) {
                bytes.close();
            }
            return reader;
        } catch (Throwable e) {
            bytes.close();
            throw e;
        }
    }

    /** Returns the lines of an entry of an archive; null if it has none. The entry is read from its beginning to its end. */
    static <T> @Nullable ChunkReader<LineChunk<T>> open(FileBytes entry, long size, TextPart<T> part)
            throws IOException {
        OpenedSlice<T> opened = new OpenedSlice<>(FileSlice.whole(entry.file()), part, entry);
        opened.expectedBytes = size < 0 ? Long.MAX_VALUE - 1 : size;
        return opened.reader();
    }

    private @Nullable ChunkReader<LineChunk<T>> reader() throws IOException {
        BuiltInCodec codec = decompression.codecOf(bytes);
        CompressedPiece piece = CompressedPiece.of(slice, format, decompression, codec);
        if (piece != null) {
            Encoding encoding = piece.encoding(bytes);
            if (encoding.canBeCutAtAnyByte()) {
                return pieceReader(piece, encoding);
            }
            bytes.seek(0);
        }
        ByteInput input = decompression.open(bytes, codec);
        if (input == bytes) {
            return plainReader();
        }
        // The file cannot be cut, which its name did not tell: the first slice is all of it.
        return slice.from() == 0 ? decompressedReader(input) : null;
    }

    private @Nullable ChunkReader<LineChunk<T>> pieceReader(CompressedPiece piece, Encoding encoding)
            throws IOException {
        UnitRange range = piece.open(bytes, encoding);
        int begin = slice.from() == 0 ? encoding.markLength() : 0;
        return range == null ? null : wholeLines(encoding, piece.textFile(), range, begin, chunkLength);
    }

    private @Nullable ChunkReader<LineChunk<T>> plainReader() throws IOException {
        Encoding encoding = format.encoding(bytes.file(), bytes.head());
        if (encoding.lineEnd() == null) {
            RangeInput all =
                    new RangeInput(bytes, encoding.markLength(), bytes.file().byteCount());
            return slice.from() == 0 ? forwardLines(encoding, all) : null;
        }
        RangeInput range = new Boundaries(bytes, encoding.lineEnd(), encoding.markLength()).open(slice);
        long begin = slice.from() == 0 ? 0 : range.begin();
        int length = (int) Math.max(1, Math.min(chunkLength, Math.min(range.byteCount(), expectedBytes + 1)));
        return wholeLines(encoding, textFile(begin), range, range.begin(), length);
    }

    private ChunkReader<LineChunk<T>> decompressedReader(ByteInput decompressed) throws IOException {
        try {
            PrefixedInput input = new PrefixedInput(decompressed, ByteOrderMark.LONGEST);
            Encoding encoding = format.encoding(bytes.file(), input.head());
            input.skip(encoding.markLength());
            return encoding.lineEnd() == null
                    ? forwardLines(encoding, input)
                    : wholeLines(encoding, textFile(0), input, encoding.markLength(), chunkLength);
        } catch (Throwable e) {
            decompressed.close();
            throw e;
        }
    }

    private ChunkReader<LineChunk<T>> forwardLines(Encoding encoding, ByteInput input) {
        return new ForwardLines<>(textFile(0), encoding, records(encoding), input, bytes);
    }

    private ChunkReader<LineChunk<T>> wholeLines(
            Encoding encoding, TextFile file, ByteInput input, long offset, int length) {
        return new WholeLines<>(file, encoding, records(encoding), input, offset, length, Buffers.SHARED, bytes);
    }

    private RecordMaker<T> records(Encoding encoding) {
        return makers.of(encoding, format.malformed());
    }

    private TextFile textFile(long begin) {
        InputFile input = bytes.file();
        TextFormat same = format;
        return TextFile.of(
                input, format.maxLineBytes(), () -> begin == 0 ? Preceding.NOTHING : linesBefore(input, same, begin));
    }

    /** Returns the lines of an uncompressed file before an offset, at which one begins. */
    private static Preceding linesBefore(InputFile input, TextFormat format, long end) throws IOException {
        return input.lineCounts().before(end, (from, to) -> countLines(input, format, from, to));
    }

    private static Preceding countLines(InputFile input, TextFormat format, long from, long end) throws IOException {
        try (FileBytes bytes = FileBytes.open(input)) {
            Encoding encoding = format.encoding(input, bytes.head());
            long begin = Math.max(from, encoding.markLength());
            RangeInput range = new RangeInput(bytes, begin, end);
            TextFile file = TextFile.of(input, format.maxLineBytes(), () -> Preceding.NOTHING);
            WholeLines<String> lines = new WholeLines<>(
                    file,
                    encoding,
                    new TextRecords(encoding, format.malformed()),
                    range,
                    begin,
                    Buffers.KEPT_LENGTH,
                    Buffers.SHARED,
                    bytes);
            long count = 0;
            for (LineChunk<String> chunk = lines.nextChunk(); chunk != null; chunk = lines.nextChunk()) {
                count += chunk.countLines();
            }
            return new Preceding(count, 0);
        }
    }
}

package dev.bag.io.parts;

import dev.bag.io.codec.BuiltInCodec;
import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.UnitInput;
import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.LineCounts.Preceding;
import dev.bag.io.file.PrefixedInput;
import dev.bag.io.format.Buffers;
import dev.bag.io.format.ByteOrderMark;
import dev.bag.io.format.Encoding;
import dev.bag.io.format.LineChunk;
import dev.bag.io.format.TextFile;
import dev.bag.io.format.TextRecords;
import dev.bag.io.format.WholeLines;
import dev.bag.io.split.FileSlice;
import dev.bag.io.split.UnitRange;
import dev.bag.io.units.UnitCodec;
import dev.bag.io.units.Units;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The text of a slice of a compressed file that can be read from inside on. */
record CompressedPiece(
        FileSlice slice, TextFormat format, Decompression decompression, BuiltInCodec codec, UnitCodec units) {

    private static final byte[] NO_MARK = {};

    /** Returns the piece that a slice is, or null if it is a whole file, or its codec can only begin where the file does. */
    static @Nullable CompressedPiece of(
            FileSlice slice, TextFormat format, Decompression decompression, @Nullable BuiltInCodec codec) {
        UnitCodec units = codec == null || slice.isWhole() ? null : Units.of(codec);
        return codec == null || units == null ? null : new CompressedPiece(slice, format, decompression, codec, units);
    }

    /** Returns the charset and line ends. Of the file's beginning only as much is decompressed as that takes: mostly nothing. */
    Encoding encoding(FileBytes bytes) throws IOException {
        boolean markPossible = false;
        for (ByteOrderMark mark : ByteOrderMark.values()) {
            markPossible |= format.heeds(mark, isFirst()) && units.mayBeginWith(bytes, mark.bytes());
        }
        return format.encoding(bytes.file(), markPossible ? beginOfText(bytes) : NO_MARK);
    }

    private byte[] beginOfText(FileBytes bytes) throws IOException {
        bytes.seek(0);
        try (ByteInput input = decompression.open(bytes, codec)) { // no codec closes the file
            return new PrefixedInput(input, ByteOrderMark.LONGEST).head();
        }
    }

    /** Returns the text; null if no unit begins in the slice. */
    @Nullable UnitRange open(FileBytes bytes, Encoding encoding) throws IOException {
        UnitInput input = Units.open(bytes, units, slice.from(), slice.to(), decompression);
        if (input == null) {
            return null;
        }
        return isFirst()
                ? UnitRange.first(input, encoding.delimiter(), encoding.markLength())
                : UnitRange.later(input, encoding.delimiter());
    }

    /** Returns the file, for the errors in this piece. */
    TextFile textFile() {
        return isFirst()
                ? TextFile.of(slice.file(), format.maxLineBytes(), () -> Preceding.NOTHING)
                : TextFile.ofPiece(slice.file(), format.maxLineBytes(), this::countPreceding);
    }

    private boolean isFirst() {
        return slice.from() == 0;
    }

    private Preceding countPreceding() throws IOException {
        return slice.file().lineCounts().before(slice.from(), this::countBetween);
    }

    /** A piece ends where the next one begins, wherever the file is cut. */
    private Preceding countBetween(long from, long to) throws IOException {
        FileSlice between = new FileSlice(slice.file(), from, to);
        CompressedPiece piece = new CompressedPiece(between, format, decompression, codec, units);
        try (FileBytes bytes = FileBytes.open(slice.file())) {
            Encoding encoding = piece.encoding(bytes);
            UnitRange range = piece.open(bytes, encoding);
            return range == null ? Preceding.NOTHING : piece.count(bytes, encoding, range);
        }
    }

    private Preceding count(FileBytes bytes, Encoding encoding, UnitRange range) throws IOException {
        try (WholeLines<String> lines = new WholeLines<>(
                textFile(),
                encoding,
                new TextRecords(encoding, format.malformed()),
                range,
                0,
                Buffers.KEPT_LENGTH,
                Buffers.SHARED,
                bytes)) {
            long count = 0;
            for (LineChunk<String> chunk = lines.nextChunk(); chunk != null; chunk = lines.nextChunk()) {
                count += chunk.countLines();
            }
            return new Preceding(count, range.byteCount() + (isFirst() ? encoding.markLength() : 0));
        }
    }
}

package dev.bag.io.format;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a text that has to be decoded from its beginning on, because what its bytes mean depends on those before
 * them, or where a delimiter is. Line ends are looked for among the characters.
 *
 * @param <T> the records made of the lines
 */
public final class ForwardLines<T> implements ChunkReader<LineChunk<T>> {

    private static final int BUFFER_LENGTH = 64 << 10;

    /** Of a line that is too long. */
    private static final int MOST_SHOWN = (64 << 10) + 1;

    private final TextFile file;
    private final ByteInput input;
    private final FileBytes opened;
    private final RecordMaker<T> maker;
    private final CharsetDecoder decoder;
    private final CharacterLineEnds lineEnds;

    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_LENGTH).flip();
    private final CharBuffer characters = CharBuffer.allocate(BUFFER_LENGTH);

    /** Where in the file the bytes end that are read, whether decoded or not. */
    private long bytesEnd;

    /** Decoded, but not part of a line yet. */
    private final StringBuilder text = new StringBuilder();

    /** What is wrong in {@code text}, in order. */
    private final ArrayDeque<Fault> faults = new ArrayDeque<>();

    private long linesRead;
    private boolean ended;
    /** Whether the text begins inside of a line that was told as too long. */
    private boolean insideLongLine;

    private LineTally tally = new LineTally(null);

    private record Fault(int index, MalformedBytes wrong) {}

    /**
     * All lines of a text.
     *
     * @param input begins behind the byte order mark
     * @param opened the file that the input reads; closed with it
     */
    public ForwardLines(TextFile file, Encoding encoding, RecordMaker<T> maker, ByteInput input, FileBytes opened) {
        this.file = file;
        this.input = input;
        this.opened = opened;
        this.maker = maker;
        this.decoder = MalformedBytes.decoder(encoding.charset);
        this.lineEnds = new CharacterLineEnds(encoding);
        this.bytesEnd = encoding.markLength;
    }

    @Override
    public @Nullable LineChunk<T> nextChunk() throws IOException {
        List<ListedLines.Line> lines = new ArrayList<>();
        while (lines.isEmpty() && !ended) {
            decodeSome();
            takeLines(lines);
        }
        if (lines.isEmpty()) {
            return null;
        }
        LineChunk<T> chunk = new ListedLines<>(file, tally, lines, maker, linesRead - lines.size());
        tally = new LineTally(tally);
        return chunk;
    }

    private void decodeSome() throws IOException {
        boolean lastBytes = !readSome();
        CoderResult result = decoder.decode(bytes, characters, lastBytes);
        appendCharacters();
        if (result.isError()) {
            appendFault(result.length());
        } else if (result.isUnderflow() && lastBytes) {
            decoder.flush(characters);
            appendCharacters();
            ended = true;
        }
    }

    /** Returns whether there may be more. */
    private boolean readSome() throws IOException {
        bytes.compact();
        int count = input.read(bytes.array(), bytes.position(), bytes.remaining());
        bytesEnd += Math.max(0, count);
        bytes.position(bytes.position() + Math.max(0, count)).flip();
        return count >= 0;
    }

    private void appendCharacters() {
        text.append(characters.flip());
        characters.clear();
    }

    private void appendFault(int length) {
        int at = bytes.position();
        MalformedBytes found = MalformedBytes.of(bytes.array(), at, length, bytes.limit(), decoder.charset());
        MalformedBytes wrong = new MalformedBytes(bytesEnd - bytes.remaining(), found.text());
        faults.add(new Fault(text.length(), wrong));
        text.append(MalformedBytes.REPLACEMENT);
        bytes.position(Math.min(at + length, bytes.limit()));
    }

    private void takeLines(List<ListedLines.Line> lines) {
        int begin = 0;
        while (lineEnds.find(text, begin, ended)) {
            if (insideLongLine) {
                insideLongLine = false;
                takeFaultBefore(lineEnds.textEnd());
            } else {
                lines.add(line(begin, lineEnds.textEnd()));
            }
            begin = lineEnds.next();
        }
        if (text.length() - begin > file.maxLineBytes()) {
            if (!insideLongLine) {
                insideLongLine = true;
                lines.add(line(begin, text.length()));
            }
        }
        if (insideLongLine) {
            begin = Math.max(begin, text.length() - lineEnds.mostUncertain());
            takeFaultBefore(begin);
        }
        text.delete(0, begin);
        lineEnds.removed(begin);
        shiftFaults(begin);
    }

    private void shiftFaults(int by) {
        for (int i = faults.size(); i > 0; i--) {
            Fault fault = faults.remove();
            faults.add(new Fault(fault.index - by, fault.wrong));
        }
    }

    private ListedLines.Line line(int from, int to) {
        linesRead++;
        Fault fault = takeFaultBefore(to);
        boolean isTooLong = to - from > file.maxLineBytes();
        int end = isTooLong ? Math.min(to, from + MOST_SHOWN) : to;
        return new ListedLines.Line(text.substring(from, end), fault == null ? null : fault.wrong, isTooLong);
    }

    /** Returns the first fault of the line that ends there. */
    private @Nullable Fault takeFaultBefore(int end) {
        Fault first = null;
        while (!faults.isEmpty() && faults.element().index < end) {
            Fault fault = faults.remove();
            first = first == null ? fault : first;
        }
        return first;
    }

    @Override
    public long position() {
        return opened.position();
    }

    @Override
    public long bytesPassedOver() {
        return opened.bytesPassedOver();
    }

    @Override
    public void close() throws IOException {
        try (opened) {
            input.close();
        }
    }
}

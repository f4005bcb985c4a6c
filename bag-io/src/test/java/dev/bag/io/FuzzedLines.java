package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.codec.Decompression;
import dev.bag.io.file.InputFile;
import dev.bag.io.format.TextRecords;
import dev.bag.io.fuzz.FuzzTarget;
import dev.bag.io.parts.TextFormat;
import dev.bag.io.parts.TextPart;
import dev.bag.io.split.FileSlice;
import dev.bag.source.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Bytes as lines, cut anywhere and read in buffers of any length: they are those of the plainest way to cut a text. The
 * first byte says which charset and line end, the second how long the buffers are, the next three where the file is cut.
 */
public final class FuzzedLines implements FuzzTarget {

    private static final int HEAD_LENGTH = 5;

    private static final List<TextFormat> FORMATS = List.of(
            Texts.format(null, null, false),
            Texts.format(null, null, true),
            Texts.format("UTF-8", "ab", false),
            Texts.format("UTF-8", "é", false),
            Texts.format("UTF-16LE", null, false),
            Texts.format("UTF-16BE", null, true),
            Texts.format("UTF-32LE", null, false),
            Texts.format("ISO-8859-1", null, true),
            Texts.format("Shift_JIS", null, false),
            Texts.format("GB18030", null, false),
            Texts.format(null, null, false).withMalformed(Malformed.REPLACE.treatment),
            Texts.format("UTF-8", null, true).withMalformed(Malformed.REPLACE.treatment));

    private static final Decompression AS_IT_IS = Decompression.DEFAULT.by(null);

    /** The charsets that have a byte order mark: that of UTF-32LE begins with that of UTF-16LE. */
    private static final List<String> MARKS = List.of("UTF-32LE", "UTF-32BE", "UTF-8", "UTF-16LE", "UTF-16BE");

    private final Path file;

    /** A target with a file of its own. */
    public FuzzedLines() {
        file = temporary(".txt");
    }

    static Path temporary(String suffix) {
        try {
            Path path = Files.createTempFile("fuzzed", suffix);
            path.toFile().deleteOnExit();
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void read(byte[] input) throws Exception {
        if (input.length < HEAD_LENGTH) {
            return;
        }
        TextFormat format = FORMATS.get((input[0] & 0xff) % FORMATS.size());
        byte[] bytes = Arrays.copyOfRange(input, HEAD_LENGTH, input.length);
        Files.write(file, bytes);
        List<String> expected = expected(bytes, format);
        try {
            List<String> lines = lines(format, 1 + (input[1] & 0xff), cuts(input, bytes.length, format));
            if (!lines.equals(expected)) {
                throw new AssertionError(lines + " instead of " + (expected == null ? "an error" : expected));
            }
        } catch (SourceException e) {
            if (expected != null || !e.getMessage().startsWith(file.toString())) {
                throw new AssertionError("an error instead of " + expected, e);
            }
        }
    }

    private List<String> lines(TextFormat format, int chunkLength, List<Long> cuts) throws Exception {
        InputFile input = Texts.input(file);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i + 1 < cuts.size(); i++) {
            FileSlice slice = new FileSlice(input, cuts.get(i), cuts.get(i + 1));
            lines.addAll(Texts.lines(new TextPart<>(List.of(slice), format, AS_IT_IS, chunkLength, TextRecords::new)));
        }
        return lines;
    }

    private static List<Long> cuts(byte[] input, int byteCount, TextFormat format) {
        TreeSet<Long> cuts = new TreeSet<>(List.of(0L, (long) byteCount));
        for (int i = 2; i < HEAD_LENGTH && byteCount > 0 && format.whyNotSplit().isEmpty(); i++) {
            cuts.add((long) (input[i] & 0xff) * byteCount >> 8);
        }
        return cuts.size() == 1 ? List.of(0L, 0L) : List.copyOf(cuts);
    }

    /** The lines; null if the bytes are not of the charset, or begin with the mark of another one. */
    private static List<String> expected(byte[] bytes, TextFormat format) {
        String given = format.charset();
        int markLength = 0;
        String charset = given == null ? "UTF-8" : given;
        for (String mark : MARKS) {
            byte[] prefix = "\ufeff".getBytes(Charset.forName(mark));
            boolean begins =
                    bytes.length >= prefix.length && Arrays.equals(prefix, Arrays.copyOf(bytes, prefix.length));
            if (begins && (given == null || given.equals(mark))) {
                charset = mark;
                markLength = prefix.length;
                break;
            } else if (begins) {
                markLength = -1;
            }
        }
        if (markLength < 0) {
            return null;
        }
        ByteBuffer text = ByteBuffer.wrap(bytes, markLength, bytes.length - markLength);
        try {
            String decoded = format.malformed() == Malformed.REPLACE.treatment
                    ? Charset.forName(charset).decode(text).toString()
                    : Charset.forName(charset).newDecoder().decode(text).toString();
            return Texts.oracle(decoded, format.delimiter(), format.universal());
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int format = 0; format < FORMATS.size(); format++) {
            String charset = FORMATS.get(format).charset();
            for (String text : List.of("a\n\r\nb\rc", "\ufeffab\n漢😀ab\n\n", "aébab\n", "")) {
                byte[] bytes = text.getBytes(charset == null ? UTF_8 : Charset.forName(charset));
                byte[] seed = new byte[HEAD_LENGTH + bytes.length];
                seed[0] = (byte) format;
                seed[1] = (byte) (3 * bytes.length);
                seed[2] = 40;
                seed[3] = (byte) 170;
                System.arraycopy(bytes, 0, seed, HEAD_LENGTH, bytes.length);
                seeds.add(seed);
            }
        }
        return seeds;
    }
}

package dev.bag.io.format;

import static java.util.Objects.requireNonNull;

import dev.bag.io.split.Delimiter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The charset and the line ends of one text, as bytes. */
public final class Encoding {

    /** U+FEFF: a byte order mark where a text begins, and elsewhere a character like any other. */
    private static final String MARK = "\ufeff";

    private static final String LINE_FEED = "\n";
    private static final String CARRIAGE_RETURN = "\r";

    /** In these charsets a byte below 0x30 is always a character of its own. */
    private static final Set<String> LOW_BYTES_ARE_CHARACTERS = Set.of(
            "Shift_JIS",
            "windows-31j",
            "x-PCK",
            "x-SJIS_0213",
            "x-MS932_0213",
            "EUC-JP",
            "x-euc-jp-linux",
            "x-eucJP-Open",
            "EUC-KR",
            "x-windows-949",
            "x-Johab",
            "GBK",
            "GB2312",
            "GB18030",
            "x-mswin-936",
            "Big5",
            "Big5-HKSCS",
            "x-Big5-Solaris",
            "x-Big5-HKSCS-2001",
            "x-windows-950",
            "x-MS950-HKSCS",
            "x-MS950-HKSCS-XP");

    private static final int FIRST_UNSAFE_BYTE = 0x30;

    /** Enough for 65,537 characters of any charset, so that it is seen that there are more than 65,536. */
    private static final int MOST_SHOWN_BYTES = 4 * 65_537;

    final Charset charset;

    /** How many bytes the byte order mark has. */
    final int markLength;

    /** What ends a line; null if the text can only be decoded from its beginning on. */
    final @Nullable Delimiter lineEnd;

    /** As it was given, or null. */
    final @Nullable String delimiter;

    /** Null if it has no meaning, because a delimiter was given. */
    final @Nullable Delimiter carriageReturn;

    /** Whether a carriage return alone ends a line. */
    final boolean anyLineEnd;

    /** Whether lines end at the byte 0x0a, and a line without a byte above 0x7f is ASCII: the fast path. */
    final boolean asciiLines;

    /** What decoders of UTF-32 drop at the beginning of any line, taking it for a byte order mark; null in others. */
    final @Nullable Delimiter droppedMark;

    private Encoding(Charset charset, int markLength, @Nullable String delimiter, boolean anyLineEnd) {
        this.charset = charset;
        this.markLength = markLength;
        this.delimiter = delimiter;
        this.anyLineEnd = anyLineEnd;
        boolean forward = whyForward(charset, delimiter) != null;
        this.lineEnd = forward ? null : delimiter(delimiter == null ? LINE_FEED : delimiter, charset);
        this.carriageReturn = forward || delimiter != null ? null : delimiter(CARRIAGE_RETURN, charset);
        this.droppedMark = unit(charset) == 4 ? delimiter(MARK, charset) : null;
        this.asciiLines = !forward && delimiter == null && !anyLineEnd && beginsWithAscii(charset);
    }

    /**
     * The encoding of a text.
     *
     * @param markLength how many bytes its byte order mark has
     * @param delimiter what ends a line; null for a line feed, and one carriage return before it
     * @param anyLineEnd whether a carriage return alone ends a line, too
     */
    public static Encoding of(Charset charset, int markLength, @Nullable String delimiter, boolean anyLineEnd) {
        String plain = plainName(charset);
        Charset exact = plain.equals(charset.name()) ? charset : Charset.forName(plain);
        return new Encoding(exact, markLength, delimiter, anyLineEnd);
    }

    /** Returns the charset, in which a byte order mark has no meaning. */
    public Charset charset() {
        return charset;
    }

    /** Returns how many bytes the byte order mark has. */
    public int markLength() {
        return markLength;
    }

    /** Returns what ends a line; null if the text can only be decoded from its beginning on. */
    public @Nullable Delimiter lineEnd() {
        return lineEnd;
    }

    /** Returns what ends a line of a text that {@linkplain #canBeCutAtAnyByte can be cut}. */
    public Delimiter delimiter() {
        return requireNonNull(lineEnd);
    }

    /** Returns whether a line end can be found from any byte on, not only from any character on. */
    public boolean canBeCutAtAnyByte() {
        return lineEnd != null && lineEnd.unit() == 1;
    }

    /** Returns the text of a line, with U+FFFD for bytes that are not of the charset. */
    public String decode(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, charset);
        return droppedMark != null && to - from >= droppedMark.length() && droppedMark.isAt(bytes, from)
                ? MARK.concat(text)
                : text;
    }

    /** Returns the text of a line, or the first 65,536 characters or more of it. */
    String beginOf(byte[] bytes, int from, int to) {
        return decode(bytes, from, from + Math.min(to - from, MOST_SHOWN_BYTES));
    }

    private static Delimiter delimiter(String text, Charset charset) {
        return new Delimiter(text.getBytes(charset), unit(charset));
    }

    /** Returns the name of the charset that neither looks for a byte order mark nor writes one. */
    public static String plainName(Charset charset) {
        String name = charset.name();
        return switch (name) {
            case "UTF-16" -> "UTF-16BE";
            case "UTF-32" -> "UTF-32BE";
            case "x-UTF-16LE-BOM" -> "UTF-16LE";
            case "X-UTF-32LE-BOM" -> "UTF-32LE";
            case "X-UTF-32BE-BOM" -> "UTF-32BE";
            default -> name;
        };
    }

    private static int unit(Charset charset) {
        return switch (charset.name()) {
            case "UTF-16", "UTF-16BE", "UTF-16LE", "x-UTF-16LE-BOM" -> 2;
            case "UTF-32", "UTF-32BE", "UTF-32LE", "X-UTF-32LE-BOM", "X-UTF-32BE-BOM" -> 4;
            default -> 1;
        };
    }

    /** Returns whether texts in a charset have characters of one byte. */
    public static boolean hasUnitOfOneByte(Charset charset) {
        return unit(charset) == 1;
    }

    /** Returns why a text has to be decoded from its beginning on; null if line ends can be found from anywhere. */
    public static @Nullable String whyForward(Charset charset, @Nullable String delimiter) {
        if (charset.equals(StandardCharsets.UTF_8) && delimiter == null) {
            return null;
        }
        boolean synchronizing = charset.equals(StandardCharsets.UTF_8) || unit(charset) > 1 || isSingleByte(charset);
        if (!synchronizing && !LOW_BYTES_ARE_CHARACTERS.contains(charset.name())) {
            return "text in " + charset + " can only be decoded from its beginning on";
        }
        String text = delimiter == null ? LINE_FEED : delimiter;
        if (!synchronizing && hasUnsafeByte(text.getBytes(charset))) {
            return "the bytes of the delimiter can be parts of other characters in " + charset;
        }
        return delimiter(text, Charset.forName(plainName(charset))).neverOverlapsItself()
                ? null
                : "the delimiter can overlap itself";
    }

    private static boolean isSingleByte(Charset charset) {
        return charset.canEncode() && charset.newEncoder().maxBytesPerChar() == 1;
    }

    private static boolean hasUnsafeByte(byte[] bytes) {
        for (byte b : bytes) {
            if ((b & 0xff) >= FIRST_UNSAFE_BYTE) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsWithAscii(Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return true;
        }
        byte[] ascii = new byte[128];
        for (int i = 0; i < ascii.length; i++) {
            ascii[i] = (byte) i;
        }
        return unit(charset) == 1 && new String(ascii, charset).equals(new String(ascii, StandardCharsets.US_ASCII));
    }

    /**
     * Returns where the last line ends that ends between two indexes, or -1. A carriage return alone ends a line only once the
     * byte after it is known.
     */
    int lastLineEnd(byte[] bytes, int from, int to) {
        Delimiter end = requireNonNull(lineEnd);
        int last = end.lastEnd(bytes, from, to);
        if (!anyLineEnd) {
            return last;
        }
        return Math.max(last, requireNonNull(carriageReturn).lastEnd(bytes, Math.max(from, last), to - end.length()));
    }

    /** Returns where the first line ends that ends between two indexes, or -1. */
    int firstLineEnd(byte[] bytes, int from, int to) {
        Delimiter end = requireNonNull(lineEnd);
        int found = end.find(bytes, from, to);
        int foundEnd = found < 0 ? -1 : found + end.length();
        if (!anyLineEnd) {
            return foundEnd;
        }
        int upTo = found < 0 ? to - end.length() : found;
        int lone = requireNonNull(carriageReturn).find(bytes, from, upTo);
        boolean pair = lone >= 0 && lone + end.length() == found;
        return lone < 0 || pair ? foundEnd : lone + end.length();
    }

    /** Returns the most bytes that follow the text of a line. */
    int longestLineEnd() {
        return requireNonNull(lineEnd).length() + (carriageReturn == null ? 0 : carriageReturn.length());
    }

    /** Returns whether text is UTF-8. */
    public boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /** Returns the last index not above another at which a character can begin. */
    int alignDown(int index) {
        return requireNonNull(lineEnd).alignDown(index);
    }
}

package dev.bag.io.format;

import dev.bag.io.file.Numbers;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes that are not of a charset.
 *
 * @param offset where they begin: in the buffer, or in the text if that was decoded from its beginning on
 * @param text tells them
 */
public record MalformedBytes(long offset, String text) {

    /** What {@code new String} puts in the place of malformed bytes; it may be in the text, too. */
    public static final char REPLACEMENT = '\ufffd';

    /** What becomes of a line that has some. */
    public enum Treatment {
        /** It is an error. */
        REPORT,
        /** Each wrong sequence of bytes becomes {@link #REPLACEMENT}. */
        REPLACE,
        /** The line is left out. */
        SKIP
    }

    private static final int BYTES_TOLD_AFTER = 3;

    /** Looks closely at bytes in which something may be wrong. Returns null if nothing is. */
    public static @Nullable MalformedBytes find(byte[] bytes, int from, int to, Encoding encoding) {
        CharsetDecoder decoder = decoder(encoding.charset);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(1024);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return result.isError() ? of(bytes, in.position(), result.length(), to, encoding.charset) : null;
    }

    /** Returns {@code text} with the replacement in the place of each half of a surrogate pair without the other half. */
    public static String withoutHalves(String text) {
        StringBuilder whole = null;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.charCount(text.codePointAt(i)) == 2) {
                    i++;
                } else {
                    whole = whole == null ? new StringBuilder(text) : whole;
                    whole.setCharAt(i, REPLACEMENT);
                }
            }
        }
        return whole == null ? text : whole.toString();
    }

    static CharsetDecoder decoder(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    static MalformedBytes of(byte[] bytes, int index, int length, int to, Charset charset) {
        int end = Math.min(index + length, to);
        int told = Math.min(end + BYTES_TOLD_AFTER, to);
        String after = end == told ? "" : ", followed by " + Numbers.hex(bytes, end, told);
        return new MalformedBytes(index, "not " + charset + ": " + Numbers.hex(bytes, index, end) + after);
    }
}

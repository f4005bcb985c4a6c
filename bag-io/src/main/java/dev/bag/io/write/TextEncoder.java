package dev.bag.io.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.file.Numbers;
import dev.bag.io.format.Encoding;
import dev.bag.io.split.Words;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/** Makes bytes of text in one charset, and refuses characters that it does not have. One writer uses it. */
public abstract class TextEncoder {

    private static final String MARK = "\ufeff";

    final String charset;

    TextEncoder(String charset) {
        this.charset = charset;
    }

    /** Returns an encoder for a charset, without a byte order mark. */
    public static TextEncoder of(String charset) {
        return plain(charset).equals(UTF_8) ? new InUtf8(charset) : new InOtherCharset(charset);
    }

    /** Checks that text can be written in a charset. */
    public static void check(Charset charset) {
        if (!charset.canEncode()) {
            throw new IllegalArgumentException("charset(" + charset + "): text can only be read in it, not written");
        }
    }

    static Charset plain(String charset) {
        return Charset.forName(Encoding.plainName(Charset.forName(charset)));
    }

    /** Returns the byte order mark of a charset; nothing if it has none. */
    static byte[] mark(String charset) {
        Charset plain = plain(charset);
        return plain.newEncoder().canEncode(MARK) ? MARK.getBytes(plain) : new byte[0];
    }

    /** Returns what a file in a charset begins with: a mark, if the byte order is left open by the charset's name. */
    public static byte[] beginning(String charset) {
        return plain(charset).name().equals(charset) ? new byte[0] : mark(charset);
    }

    /** Encodes a text, and returns the number of its bytes, which are in {@link #bytes()} then. */
    public abstract int encode(String text);

    /** Returns the bytes of the last text, from the first element on. */
    public abstract byte[] bytes();

    /** Returns a copy of the bytes of a text. */
    public final byte[] bytesOf(String text) {
        int length = encode(text);
        return Arrays.copyOf(bytes(), length);
    }

    /** Strings of ASCII are copied and no more. */
    private static final class InUtf8 extends TextEncoder {

        private byte[] bytes = {};

        InUtf8(String charset) {
            super(charset);
        }

        @Override
        public int encode(String text) {
            bytes = text.getBytes(UTF_8);
            boolean mayHaveReplaced = Words.indexOf(bytes, 0, bytes.length, (byte) '?') >= 0;
            if (mayHaveReplaced && !new String(bytes, UTF_8).equals(text)) {
                throw unmappable(text);
            }
            return bytes.length;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }
    }

    /** Any other charset. */
    private static final class InOtherCharset extends TextEncoder {

        private static final int FIRST_LENGTH = 256;

        private final CharsetEncoder encoder;
        private ByteBuffer bytes = ByteBuffer.allocate(FIRST_LENGTH);

        InOtherCharset(String charset) {
            super(charset);
            this.encoder = encoder();
        }

        @Override
        public int encode(String text) {
            long most = (long) Math.ceil((double) encoder.maxBytesPerChar() * (text.length() + 1));
            if (most > bytes.capacity()) {
                if (most > Integer.MAX_VALUE - 1024) {
                    throw new IllegalArgumentException("the record has " + Numbers.grouped(text.length())
                            + " characters, and is too long to be encoded in " + charset + ".");
                }
                bytes = ByteBuffer.allocate((int) most);
            }
            bytes.clear();
            encoder.reset();
            CoderResult result = encoder.encode(CharBuffer.wrap(text.toCharArray()), bytes, true);
            if (result.isUnderflow()) {
                result = encoder.flush(bytes);
            }
            if (!result.isUnderflow()) {
                throw unmappable(text);
            }
            return bytes.position();
        }

        @Override
        public byte[] bytes() {
            return bytes.array();
        }
    }

    final CharsetEncoder encoder() {
        return plain(charset)
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** What to say of a text that has a character which cannot be encoded. */
    final IllegalArgumentException unmappable(String text) {
        CharsetEncoder encoder = encoder();
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int point = text.codePointAt(at);
            boolean isHalf = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            if (isHalf || !encoder.canEncode(Character.toString(point))) {
                String character = String.format("U+%04X", point);
                return new IllegalArgumentException(
                        isHalf
                                ? "the record has half of a surrogate pair, " + character + ", as character "
                                        + Numbers.grouped(at) + ": no charset can encode that. Replace it first."
                                : "the charset " + charset + " has no " + character
                                        + ", which is character "
                                        + Numbers.grouped(at)
                                        + " of the record. Replace it, or choose another charset"
                                        + " with writeOptions().charset(...).");
            }
        }
        return new IllegalArgumentException("the record cannot be encoded in " + charset);
    }
}

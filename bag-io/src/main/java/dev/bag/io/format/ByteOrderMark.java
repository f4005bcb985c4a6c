package dev.bag.io.format;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The bytes that some texts begin with to say in which charset they are. */
public enum ByteOrderMark {
    // The longer ones first: the mark of UTF-32LE begins with that of UTF-16LE.
    UTF_32LE("UTF-32LE", 0xff, 0xfe, 0, 0),
    UTF_32BE("UTF-32BE", 0, 0, 0xfe, 0xff),
    UTF_8("UTF-8", 0xef, 0xbb, 0xbf),
    UTF_16LE("UTF-16LE", 0xff, 0xfe),
    UTF_16BE("UTF-16BE", 0xfe, 0xff);

    /** The most bytes of a mark. */
    public static final int LONGEST = 4;

    private static final ByteOrderMark[] ALL = values();

    private final String charset;
    private final int[] bytes;

    ByteOrderMark(String charset, int... bytes) {
        this.charset = charset;
        this.bytes = bytes;
    }

    /** Returns the name of the charset. */
    public String charset() {
        return charset;
    }

    /** Returns its bytes. Not to be written to. */
    public int[] bytes() {
        return bytes;
    }

    /** Returns how many bytes there are. */
    public int length() {
        return bytes.length;
    }

    /**
     * Returns the mark that a text begins with, or null: one that fits the charset if possible, else the longest.
     *
     * @param given null to let the mark decide
     */
    public static @Nullable ByteOrderMark of(byte[] head, @Nullable Charset given) {
        ByteOrderMark longest = null;
        for (ByteOrderMark mark : ALL) {
            if (mark.begins(head)) {
                if (given == null || mark.fits(given)) {
                    return mark;
                }
                longest = longest == null ? mark : longest;
            }
        }
        return longest;
    }

    private boolean begins(byte[] head) {
        if (head.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((head[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the mark may precede text in a charset. Java has charsets that say "UTF-16, whichever it is" and "UTF-16LE with a mark". */
    public boolean fits(Charset given) {
        String plain = Encoding.plainName(given);
        return plain.equals(charset) || given.name().equals(charset.substring(0, charset.length() - 2));
    }
}

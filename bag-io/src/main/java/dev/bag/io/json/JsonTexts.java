package dev.bag.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.io.split.Words;
import java.util.Locale;

/** Texts of JSON, which may have escapes. They have been checked before. */
public final class JsonTexts {

    private static final int HEXADECIMAL_DIGITS = 4;

    private JsonTexts() {}

    /** Returns the text between two quotes. */
    public static String decode(byte[] bytes, int from, int to) {
        int escape = Words.indexOf(bytes, from, to, (byte) '\\');
        if (escape < 0) {
            return new String(bytes, from, to - from, UTF_8);
        }
        StringBuilder text = new StringBuilder(to - from);
        int plain = from;
        while (escape >= 0) {
            text.append(new String(bytes, plain, escape - plain, UTF_8));
            byte kind = bytes[escape + 1];
            plain = escape + 2;
            if (kind == 'u') {
                String digits = new String(bytes, plain, HEXADECIMAL_DIGITS, UTF_8);
                text.append((char) Integer.parseInt(digits, 16));
                plain += HEXADECIMAL_DIGITS;
            } else {
                text.append(character(kind));
            }
            escape = Words.indexOf(bytes, plain, to, (byte) '\\');
        }
        return text.append(new String(bytes, plain, to - plain, UTF_8)).toString();
    }

    private static char character(byte escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) escaped;
        };
    }

    /**
     * Returns a text with its quotes and only the escapes that it must have, so that equal texts are equal bytes. Half a
     * surrogate pair, which UTF-8 has not, stays an escape.
     */
    public static byte[] encode(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || isHalf(text, i)) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString().getBytes(UTF_8);
    }

    /** Returns whether there is half a surrogate pair without its other half. */
    static boolean hasHalf(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isHalf(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHalf(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}

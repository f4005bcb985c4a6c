package dev.bag.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bag.text.Digits;
import dev.bag.text.Escapes;

/** The beginning of a text, for messages. */
final class Utf8Excerpt {

    private static final int MOST_CHARACTERS = 100;

    /** In so many bytes there are more characters than are shown. */
    private static final int MOST_BYTES = 4 * MOST_CHARACTERS;

    private Utf8Excerpt() {}

    /** At most 100 characters of a text, in quotes, with what cannot be seen escaped. */
    static String of(byte[] in, int from, int to) {
        int length = to - from;
        String text = new String(in, from, Math.min(length, MOST_BYTES), UTF_8);
        int end = Math.min(text.length(), MOST_CHARACTERS);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < end; i++) {
            Escapes.append(shown, text.charAt(i));
        }
        return end == text.length()
                ? shown.append('"').toString()
                : shown + "…\" (" + Digits.grouped(length) + " bytes)";
    }

    /** A character in single quotes. */
    static String of(char c) {
        StringBuilder shown = new StringBuilder("'");
        Escapes.append(shown, c);
        return shown.append('\'').toString();
    }
}

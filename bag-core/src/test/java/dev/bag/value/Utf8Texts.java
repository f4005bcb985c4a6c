package dev.bag.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Texts of all kinds, and views of them at every place of an array. */
final class Utf8Texts {

    private static final List<String> ALPHABETS = List.of(
            "ab ",
            "a,",
            "\0\u0001a",
            "\n\ra",
            " \t\u000B\f\r\n\u001C\u0085x",
            "AZaz@[`{k\u212A",
            "éÿ\u0080aé ",
            "漢字\u0800\uFFFF ",
            "😀\uD800\uDC00\uDBFF\uDFFFa ",
            "\0\n ,aAé漢😀",
            "-0123456789.");

    private Utf8Texts() {}

    /** Texts of up to {@code longest} characters, of which there are {@code count} for each alphabet and length. */
    static List<String> random(long seed, int longest, int count) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (String alphabet : ALPHABETS) {
            int[] characters = alphabet.codePoints().toArray();
            for (int length = 0; length <= longest; length++) {
                for (int i = 0; i < count; i++) {
                    texts.add(IntStream.generate(() -> characters[random.nextInt(characters.length)])
                            .limit(length)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString());
                }
            }
        }
        return texts;
    }

    /** One character a byte, so that methods of {@code String} count bytes. */
    static String bytesOf(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    /** The same for a text, without its own methods. */
    static String bytesOf(Utf8 text) {
        return new String(text.toBytes(), ISO_8859_1);
    }

    static List<String> bytesOf(Iterable<Utf8> texts) {
        List<String> bytes = new ArrayList<>();
        texts.forEach(text -> bytes.add(bytesOf(text)));
        return bytes;
    }

    /** The text on its own, and with 0 to 9 bytes before and after it in its buffer. */
    static List<Utf8> everywhere(String text) {
        return everywhere(text, " ,\n0aA\r.");
    }

    /** The same with bytes around it that are characters of {@code around}. */
    static List<Utf8> everywhere(String text, String around) {
        List<Utf8> placed = new ArrayList<>(List.of(Utf8.of(text)));
        for (int before = 0; before < 10; before++) {
            for (int after = 0; after < 10; after++) {
                placed.add(view(text, around, before, after));
            }
        }
        return placed;
    }

    /** The text at one place of a random number of bytes. */
    static Utf8 somewhere(Random random, String text) {
        return view(text, " ,\n0aA\r.", random.nextInt(10), random.nextInt(10));
    }

    private static Utf8 view(String text, String around, int before, int after) {
        byte[] bytes = text.getBytes(UTF_8);
        byte[] buffer = new byte[before + bytes.length + after];
        for (int i = 0; i < buffer.length; i++) {
            buffer[i] = (byte) around.charAt(i % around.length());
        }
        System.arraycopy(bytes, 0, buffer, before, bytes.length);
        return new Block(buffer).utf8(before, before + bytes.length);
    }
}

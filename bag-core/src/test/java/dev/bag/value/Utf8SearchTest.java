package dev.bag.value;

import static dev.bag.value.Utf8Texts.bytesOf;
import static dev.bag.value.Utf8Texts.everywhere;
import static dev.bag.value.Utf8Texts.somewhere;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The oracle is {@code String}, of one character a byte. */
class Utf8SearchTest {

    private static final List<String> TEXTS = Utf8Texts.random(11, 20, 2);

    private static final String WANTED = "\0\u0001ab ,\n\r\tAz@-09é漢😀".replaceAll("[^\\x00-\\x7f]", "");

    @Test
    void findsTheFirst() {
        for (String text : TEXTS) {
            String bytes = bytesOf(text);
            for (char wanted : WANTED.toCharArray()) {
                for (Utf8 utf8 : everywhere(text, wanted + "x" + wanted)) {
                    assertThat(utf8.indexOf(wanted)).isEqualTo(bytes.indexOf(wanted));
                }
            }
        }
    }

    @Test
    void findsTheFirstFromAnIndexOn() {
        for (String text : Utf8Texts.random(12, 12, 1)) {
            String bytes = bytesOf(text);
            for (char wanted : "\0a ,".toCharArray()) {
                for (Utf8 utf8 : everywhere(text, wanted + "x")) {
                    for (int start = -2; start <= bytes.length() + 2; start++) {
                        assertThat(utf8.indexOf(wanted, start)).isEqualTo(bytes.indexOf(wanted, start));
                    }
                    assertThat(utf8.indexOf(wanted, Integer.MIN_VALUE)).isEqualTo(bytes.indexOf(wanted));
                    assertThat(utf8.indexOf(wanted, Integer.MAX_VALUE)).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void findsTheLast() {
        for (String text : TEXTS) {
            String bytes = bytesOf(text);
            for (char wanted : WANTED.toCharArray()) {
                for (Utf8 utf8 : everywhere(text, wanted + "x" + wanted)) {
                    assertThat(utf8.lastIndexOf(wanted)).isEqualTo(bytes.lastIndexOf(wanted));
                }
            }
        }
    }

    /** A byte that differs by one, or in its highest bit, is where inexact searches go wrong. */
    @Test
    void findsEveryCharacterBesideItsNeighbours() {
        for (char c = 0; c < 0x80; c++) {
            char wanted = c;
            String characters = "" + wanted + (char) (wanted ^ 1) + (char) (wanted | 0x80);
            for (int i = 0; i < 3 * 3 * 3 * 3; i++) {
                String text = "" + characters.charAt(i % 3) + characters.charAt(i / 3 % 3)
                        + characters.charAt(i / 9 % 3) + characters.charAt(i / 27) + "\u00ff" + wanted;
                String bytes = bytesOf(text);
                Utf8 utf8 = somewhere(new Random(i), text);
                assertThat(utf8.indexOf(wanted)).isEqualTo(bytes.indexOf(wanted));
                assertThat(utf8.lastIndexOf(wanted)).isEqualTo(bytes.lastIndexOf(wanted));
                long count = bytes.chars().filter(b -> b == wanted).count();
                assertThat(utf8.fieldCount(wanted)).isEqualTo((int) count + 1);
            }
        }
    }

    @Test
    void findsTexts() {
        Random random = new Random(13);
        for (String text : Utf8Texts.random(14, 30, 2)) {
            int[] characters = text.codePoints().toArray();
            for (int i = 0; i < 20; i++) {
                int from = random.nextInt(characters.length + 1);
                int to = from + random.nextInt(Math.min(characters.length - from, 11) + 1);
                StringBuilder wanted = new StringBuilder(new String(characters, from, to - from));
                if (i % 2 == 0 && wanted.length() > 0) {
                    wanted.setCharAt(random.nextInt(wanted.length()), 'a');
                }
                checkFind(random, text, wanted.toString());
            }
        }
    }

    @Test
    void findsTextsOfTwoLetters() {
        Random random = new Random(15);
        for (int length = 0; length <= 9; length++) {
            for (int bits = 0; bits < 1 << length; bits++) {
                String text = Integer.toBinaryString(1 << length | bits).substring(1);
                for (int wantedLength = 0; wantedLength <= 4; wantedLength++) {
                    for (int wantedBits = 0; wantedBits < 1 << wantedLength; wantedBits++) {
                        String wanted = Integer.toBinaryString(1 << wantedLength | wantedBits)
                                .substring(1);
                        checkFind(random, text, wanted);
                    }
                }
            }
        }
    }

    private static void checkFind(Random random, String text, String wanted) {
        Utf8 utf8 = somewhere(random, text);
        boolean contains = text.contains(wanted);
        assertThat(utf8.contains(wanted)).isEqualTo(contains && isText(wanted));
        assertThat(utf8.startsWith(wanted)).isEqualTo(text.startsWith(wanted) && isText(wanted));
        assertThat(utf8.endsWith(wanted)).isEqualTo(text.endsWith(wanted) && isText(wanted));
        if (isText(wanted)) {
            Utf8 other = somewhere(random, wanted);
            assertThat(utf8.indexOf(other)).isEqualTo(bytesOf(text).indexOf(bytesOf(wanted)));
            assertThat(utf8.contains(other)).isEqualTo(contains);
            assertThat(utf8.startsWith(other)).isEqualTo(text.startsWith(wanted));
            assertThat(utf8.endsWith(other)).isEqualTo(text.endsWith(wanted));
        }
    }

    private static boolean isText(String wanted) {
        return UTF_8.newEncoder().canEncode(wanted);
    }

    @Test
    void findsNoHalfOfACharacter() {
        Utf8 text = Utf8.of("a😀b?");
        for (String half : List.of("\uD83D", "\uDE00", "\uD83Da", "\uDE00b", "a\uD83D", "\uDE00\uD83D")) {
            assertThat(text.contains(half)).isFalse();
            assertThat(text.startsWith(half)).isFalse();
            assertThat(text.endsWith(half)).isFalse();
        }
        assertThat(Utf8.of("?").contains("\uD83D")).isFalse();
        assertThat(Utf8.of("?").startsWith("\uD83D")).isFalse();
        assertThat(Utf8.of("?").endsWith("\uD83D")).isFalse();
    }

    /** 'é' is the bytes 0xc3, 0xa9, and not the byte 0xe9; 'a' is not a byte whose lowest bits are those of 'a'. */
    @Test
    void takesNoCharacterForAByte() {
        assertThat(Utf8.of("a").contains("\u0161")).isFalse();
        assertThat(Utf8.of("a").startsWith("\u0161")).isFalse();
        assertThat(Utf8.of("a").endsWith("\u0161")).isFalse();
        assertThat(Utf8.of("é").contains("Ã")).isFalse();
        assertThat(Utf8.of("é").startsWith("Ã")).isFalse();
        assertThat(Utf8.of("é").endsWith("©")).isFalse();
    }

    @Test
    void findsInLongTexts() {
        Random random = new Random(16);
        String text = "a".repeat(1000) + "b" + "a".repeat(1000);
        for (int length = 1; length < 1002; length += 97) {
            checkFind(random, text, "a".repeat(length));
            checkFind(random, text, "a".repeat(length) + "b");
            checkFind(random, text, "b" + "a".repeat(length));
            checkFind(random, text, "a".repeat(length) + "c");
            checkFind(random, "a".repeat(3), text);
        }
    }

    @Test
    void stripsWhiteSpaceOfAscii() {
        for (String text : Utf8Texts.random(17, 9, 4)) {
            String stripped = text.replaceAll("\\A[ \\t\\n\\x0B\\f\\r]+|[ \\t\\n\\x0B\\f\\r]+\\z", "");
            for (Utf8 utf8 : everywhere(text)) {
                assertThat(utf8.strip()).hasToString(stripped);
                if (stripped.equals(text)) {
                    assertThat(utf8.strip()).isSameAs(utf8);
                }
            }
        }
    }
}

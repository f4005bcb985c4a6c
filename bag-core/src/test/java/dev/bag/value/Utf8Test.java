package dev.bag.value;

import static dev.bag.value.Utf8Texts.bytesOf;
import static dev.bag.value.Utf8Texts.everywhere;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

    private static final List<String> TEXTS = Utf8Texts.random(1, 20, 2);

    @Test
    void isTheBytesOfItsCharacters() {
        for (String text : TEXTS) {
            byte[] bytes = text.getBytes(UTF_8);
            for (Utf8 utf8 : everywhere(text)) {
                assertThat(utf8.toBytes()).isEqualTo(bytes);
                assertThat(utf8.toString()).isEqualTo(text);
                assertThat(utf8.length()).isEqualTo(bytes.length);
                assertThat(utf8.isEmpty()).isEqualTo(bytes.length == 0);
            }
            assertThat(Utf8.of(new StringBuilder(text))).isEqualTo(Utf8.of(bytes));
        }
    }

    @Test
    void givesEachByte() {
        for (String text : TEXTS) {
            byte[] bytes = text.getBytes(UTF_8);
            for (Utf8 utf8 : everywhere(text)) {
                for (int i = 0; i < bytes.length; i++) {
                    assertThat(utf8.byteAt(i)).isEqualTo(bytes[i]);
                }
            }
        }
        Utf8 view = new Block("abcd".getBytes(UTF_8)).utf8(1, 3);
        assertThatThrownBy(() -> view.byteAt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> view.byteAt(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Index 2 out of bounds for length 2");
    }

    @Test
    void givesEightBytesAtOnceAndZerosAfterTheEnd() {
        for (String text : TEXTS) {
            byte[] bytes = text.getBytes(UTF_8);
            for (Utf8 utf8 : everywhere(text)) {
                for (int index = 0; index <= bytes.length; index++) {
                    assertThat(utf8.longAt(index)).isEqualTo(longAt(bytes, index));
                }
            }
        }
        Utf8 view = new Block(new byte[30]).utf8(10, 13);
        for (int index : new int[] {Integer.MIN_VALUE, -1, 4, 5, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> view.longAt(index)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    private static long longAt(byte[] bytes, int index) {
        long number = 0;
        for (int i = 7; i >= 0; i--) {
            number = number * 256 + (index + i < bytes.length ? bytes[index + i] & 0xff : 0);
        }
        return number;
    }

    @Test
    void copiesItsBytesIntoAnArray() {
        for (String text : TEXTS) {
            for (Utf8 utf8 : everywhere(text)) {
                byte[] target = new byte[utf8.length() + 3];
                utf8.copyTo(target, 2);
                assertThat(new String(target, ISO_8859_1)).isEqualTo("\0\0" + bytesOf(text) + "\0");
            }
        }
        Utf8 utf8 = Utf8.of("abc");
        assertThatThrownBy(() -> utf8.copyTo(new byte[4], 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> utf8.copyTo(new byte[4], -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void ownsWhatItIsMadeOf() {
        byte[] bytes = "abc".getBytes(UTF_8);
        Utf8 utf8 = Utf8.of(bytes);
        bytes[0] = 'x';
        utf8.toBytes()[1] = 'x';
        assertThat(utf8).hasToString("abc");
    }

    @Test
    void refusesUnpairedSurrogates() {
        assertThatThrownBy(() -> Utf8.of("ab\uD83D"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the character at index 2, U+D83D, is a surrogate that is not one of a pair:"
                        + " UTF-8 cannot hold it");
        char[] kinds = {'a', '\uD83D', '\uDE00'};
        for (int i = 0; i < 81; i++) {
            String text = "" + kinds[i % 3] + kinds[i / 3 % 3] + kinds[i / 9 % 3] + kinds[i / 27];
            CharBuffer in = CharBuffer.wrap(text);
            UTF_8.newEncoder().encode(in, ByteBuffer.allocate(20), true);
            int unpaired = in.position();
            if (unpaired == text.length()) {
                assertThat(Utf8.of(text)).hasToString(text);
            } else {
                assertThatThrownBy(() -> Utf8.of(text))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("index " + unpaired + ",");
            }
        }
    }

    @Test
    void slicesBetweenCharacters() {
        for (String text : Utf8Texts.random(2, 7, 1)) {
            String bytes = bytesOf(text);
            for (Utf8 utf8 : List.of(Utf8.of(text), Utf8Texts.somewhere(new Random(text.hashCode()), text))) {
                for (int from = 0; from <= bytes.length(); from++) {
                    for (int to = from; to <= bytes.length(); to++) {
                        checkSlice(bytes, utf8, from, to);
                    }
                }
            }
        }
    }

    private static void checkSlice(String bytes, Utf8 utf8, int from, int to) {
        if (isBoundary(bytes, from) && isBoundary(bytes, to)) {
            assertThat(bytesOf(utf8.slice(from, to))).isEqualTo(bytes.substring(from, to));
        } else {
            assertThatThrownBy(() -> utf8.slice(from, to))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("lies inside a character");
        }
    }

    /** What is before and after a boundary are texts of their own: the replacement character stands nowhere. */
    private static boolean isBoundary(String bytes, int index) {
        return !new String(bytes.substring(0, index).getBytes(ISO_8859_1), UTF_8).contains("\uFFFD")
                && !new String(bytes.substring(index).getBytes(ISO_8859_1), UTF_8).contains("\uFFFD");
    }

    @Test
    void saysWhereACharacterWasCut() {
        assertThatThrownBy(() -> Utf8.of("a😀").slice(0, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slice(0, 4): index 4 lies inside a character, which begins at index 1 of \"a😀\"."
                        + " Indexes count bytes, not characters.");
        Utf8 view = new Block("abcdef".getBytes(UTF_8)).utf8(2, 4);
        for (int[] range : new int[][] {{-1, 0}, {0, 3}, {3, 3}, {2, 1}, {Integer.MIN_VALUE, Integer.MAX_VALUE}}) {
            assertThatThrownBy(() -> view.slice(range[0], range[1])).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void comparesLikeUnsignedBytes() {
        List<String> texts = Utf8Texts.random(3, 9, 1);
        Random random = new Random(4);
        for (String left : texts) {
            for (String right : texts) {
                Utf8 first = Utf8Texts.somewhere(random, left);
                Utf8 second = Utf8Texts.somewhere(random, right);
                int order = Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));
                assertThat(Integer.signum(first.compareTo(second))).isEqualTo(Integer.signum(order));
                assertThat(first.equals(second)).isEqualTo(left.equals(right));
            }
        }
        assertThat(Utf8.of("😀")).isGreaterThan(Utf8.of("\uFFFF"));
    }

    @Test
    void differsIfAnyByteDiffers() {
        for (int length = 1; length <= 40; length++) {
            byte[] bytes = "x".repeat(length).getBytes(UTF_8);
            List<Utf8> equal = everywhere("x".repeat(length), "x");
            for (int at = 0; at < length; at++) {
                byte[] changed = bytes.clone();
                changed[at] = 'y';
                for (Utf8 other : equal) {
                    assertThat(Utf8.of(changed).equals(other)).isFalse();
                    assertThat(Utf8.of(changed).hashCode()).isNotEqualTo(other.hashCode());
                }
            }
            assertThat(equal).containsOnly(Utf8.of(bytes));
        }
    }

    @Test
    @SuppressWarnings("EqualsIncompatibleType") // that they differ is what is tested
    void isNoString() {
        assertThat(Utf8.of("a").equals("a")).isFalse();
        assertThat(Utf8.of("a").equals(null)).isFalse();
    }

    @Test
    void hashesLikeAStringOfItsBytes() {
        for (String text : Utf8Texts.random(5, 40, 1)) {
            int hash = bytesOf(text).hashCode();
            for (Utf8 utf8 : everywhere(text)) {
                assertThat(utf8.hashCode()).isEqualTo(hash);
            }
        }
    }

    @Test
    void lowersTheLettersOfAsciiOnly() {
        for (String text : TEXTS) {
            StringBuilder lowered = new StringBuilder();
            text.chars().forEach(c -> lowered.append((char) (c < 0x80 ? Character.toLowerCase(c) : c)));
            for (Utf8 utf8 : everywhere(text)) {
                assertThat(utf8.toLowerAscii()).hasToString(lowered.toString());
                assertThat(utf8.equalsIgnoreAsciiCase(Utf8.of(lowered))).isTrue();
                assertThat(Utf8.of(lowered).equalsIgnoreAsciiCase(utf8)).isTrue();
                if (lowered.toString().equals(text)) {
                    assertThat(utf8.toLowerAscii()).isSameAs(utf8);
                }
            }
        }
    }

    @Test
    void ignoresTheCaseOfAsciiOnly() {
        for (char a = 0; a < 0x100; a++) {
            for (char b = 0; b < 0x100; b++) {
                boolean isLetter = (a | 0x20) >= 'a' && (a | 0x20) <= 'z';
                boolean expected = a == b || isLetter && (a ^ b) == 0x20;
                assertThat(Utf8.of("x" + a).equalsIgnoreAsciiCase(Utf8.of("X" + b)))
                        .isEqualTo(expected);
            }
        }
        assertThat(Utf8.of("ab").equalsIgnoreAsciiCase(Utf8.of("abc"))).isFalse();
    }

    @Test
    void isTheSameAfterSerialization() throws Exception {
        for (String text : TEXTS) {
            Utf8 read = (Utf8) read(written(Utf8Texts.somewhere(new Random(text.length()), text)));
            assertThat(read).isEqualTo(Utf8.of(text));
            assertThat(read.copy()).isSameAs(read);
        }
    }

    @Test
    void serializesOnlyItsOwnBytes() throws Exception {
        byte[] buffer = new byte[100_000];
        assertThat(written(new Block(buffer).utf8(500, 510))).hasSizeLessThan(200);
    }

    @Test
    void isNotReadFromMalformedBytes() throws Exception {
        String written = new String(written(Utf8.of("some text")), ISO_8859_1);
        byte[] changed = written.replace("some text", "some\u00fftext").getBytes(ISO_8859_1);
        assertThatThrownBy(() -> read(changed))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageStartingWith("the bytes are not UTF-8: malformed at index 4, where 0xff stands.");
    }

    private static byte[] written(Utf8 utf8) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(utf8);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    /** A stream that somebody else made: an object of the class itself, without its bytes. */
    @Test
    void isNotReadWithoutItsBytes() throws Exception {
        byte[] written = written(Utf8.of("a"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(Utf8.class);
        }
        byte[] description = Arrays.copyOfRange(bytes.toByteArray(), 5, bytes.size());
        byte[] forged = new byte[5 + description.length];
        System.arraycopy(written, 0, forged, 0, 4);
        forged[4] = 0x73; // TC_OBJECT
        System.arraycopy(description, 0, forged, 5, description.length);
        assertThatThrownBy(() -> read(forged))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessage("a Utf8 is serialized as its bytes");
    }

    @ParameterizedTest
    @ValueSource(chars = {'\u0080', 'é', '漢', '\uD83D'})
    void refusesCharactersThatAreMoreThanOneByte(char c) {
        Utf8 text = Utf8.of("aé");
        List<Runnable> calls = List.of(
                () -> text.indexOf(c),
                () -> text.indexOf(c, 1),
                () -> text.lastIndexOf(c),
                () -> text.field(c, 0),
                () -> text.fieldCount(c),
                () -> text.split(c),
                () -> text.forEachField(c, field -> {}));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith(
                            "is not an ASCII character, so it is more than one byte. Look for it with a Utf8"
                                    + " or a String argument, as in indexOf(Utf8.of(…)).");
        }
        assertThatThrownBy(calls.get(0)::run).hasMessageStartingWith(c == '\u0080' ? "'\\u0080'" : "'" + c + "'");
    }
}

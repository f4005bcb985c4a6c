package dev.bag.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that are not UTF-8. The oracle is the JDK's decoder, which reports what is malformed. */
class Utf8MalformedTest {

    /** Beside the limits of all ranges of the Unicode Standard's table 3-7. */
    private static final int[] EDGES = {
        0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
        0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf7, 0xf8, 0xff
    };

    /** The same for a third or fourth byte. */
    private static final int[] LAST = {0x41, 0x7f, 0x80, 0xbf, 0xc0, 0xff};

    /** What may stand before and after: what would go on with a character, and what a fast way might skip. */
    private static final byte[] AROUND = {(byte) 0x80, 'a'};

    private final CharsetDecoder decoder = UTF_8.newDecoder();
    private final CharBuffer characters = CharBuffer.allocate(1000);

    @Test
    void refusesWhatTheDecoderRefusesOfOneOrTwoBytes() {
        for (int first = 0; first < 0x100; first++) {
            check(first);
            for (int second = 0; second < 0x100; second++) {
                check(first, second);
            }
        }
    }

    @Test
    void refusesWhatTheDecoderRefusesOfThreeBytes() {
        for (int first = 0x80; first < 0x100; first++) {
            for (int second = 0; second < 0x100; second++) {
                for (int third : LAST) {
                    check(first, second, third);
                }
            }
        }
    }

    @Test
    void refusesWhatTheDecoderRefusesOfFourBytes() {
        for (int first = 0xe0; first < 0x100; first++) {
            for (int second : EDGES) {
                for (int third : LAST) {
                    for (int fourth : LAST) {
                        check(first, second, third, fourth);
                    }
                }
            }
        }
    }

    @Test
    void refusesRandomBytes() {
        Random random = new Random(41);
        for (int i = 0; i < 100_000; i++) {
            check(random.ints(random.nextInt(6), 0x70, 0x100).toArray());
        }
    }

    @Test
    void refusesTextsWithOneByteChanged() {
        Random random = new Random(42);
        for (String text : Utf8Texts.random(43, 30, 5)) {
            byte[] bytes = text.getBytes(UTF_8);
            check(bytes);
            for (int i = 0; i < bytes.length; i++) {
                byte[] changed = bytes.clone();
                changed[i] = (byte) EDGES[random.nextInt(EDGES.length)];
                check(changed);
                check(Arrays.copyOf(bytes, i));
            }
        }
    }

    private void check(int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        check(all);
    }

    private void check(byte[] bytes) {
        int malformed = malformedAt(bytes);
        for (byte around : AROUND) {
            assertThat(Utf8.malformedAt(within(around, bytes), 9, 9 + bytes.length))
                    .as(Arrays.toString(bytes))
                    .isEqualTo(malformed < 0 ? -1 : 9 + malformed);
        }
        try {
            assertThat(Utf8.of(bytes).toBytes()).isEqualTo(bytes);
            assertThat(malformed).as(Arrays.toString(bytes)).isEqualTo(-1);
        } catch (IllegalArgumentException e) {
            assertThat(malformed).as(Arrays.toString(bytes)).isNotEqualTo(-1);
            assertThat(e).hasMessageContaining(" index " + malformed + ",");
        }
    }

    private static byte[] within(byte around, byte[] bytes) {
        byte[] buffer = new byte[9 + bytes.length + 9];
        Arrays.fill(buffer, around);
        System.arraycopy(bytes, 0, buffer, 9, bytes.length);
        return buffer;
    }

    private int malformedAt(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = decoder.reset().decode(in, characters.clear(), true);
        return result.isError() ? in.position() : -1;
    }

    @Test
    void looksOnlyAtBytesThatExist() {
        byte[] bytes = {'a', 'b'};
        for (int[] range : new int[][] {{-1, 1}, {0, 3}, {2, 1}, {3, 3}}) {
            assertThatThrownBy(() -> Utf8.malformedAt(bytes, range[0], range[1]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void saysWhatToDo() {
        assertThatThrownBy(() -> Utf8.of(new byte[] {'a', 'b', (byte) 0xe9, 'c'}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the bytes are not UTF-8: malformed at index 2, where 0xe9 stands. Decode them with their"
                        + " charset, and make a Utf8 of the String.");
    }
}

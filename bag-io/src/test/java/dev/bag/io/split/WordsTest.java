package dev.bag.io.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WordsTest {

    private final Random random = new Random(1);

    @Test
    void findsAByteWhereALoopFindsIt() {
        for (int length = 0; length < 40; length++) {
            byte[] bytes = someBytes(length);
            for (int from = 0; from <= length; from++) {
                for (int to = from; to <= length; to++) {
                    assertThat(Words.indexOf(bytes, from, to, (byte) '\n')).isEqualTo(indexOf(bytes, from, to));
                }
            }
        }
    }

    @Test
    void countsWhatALoopCounts() {
        for (int length = 0; length < 200; length++) {
            byte[] bytes = someBytes(length);
            long expected = 0;
            for (byte b : bytes) {
                expected += b == '\n' ? 1 : 0;
            }
            assertThat(Words.count(bytes, 0, length, (byte) '\n')).isEqualTo(expected);
        }
    }

    @Test
    void marksAllThatIsBelowALimit() {
        for (int limit : new int[] {1, '\n', '\n' + 1, ',' + 1, 0x7f}) {
            for (int round = 0; round < 2000; round++) {
                byte[] bytes = someBytes(Long.BYTES);
                long marks = Words.below((long) Words.OF_BYTES.get(bytes, 0), Words.repeat(limit));
                boolean marked = false;
                for (int i = 0; i < bytes.length; i++) {
                    boolean isBelow = bytes[i] >= 0 && bytes[i] < limit;
                    boolean isMarked = (marks >>> 8 * i & 0x80) != 0;
                    assertThat(isMarked).isEqualTo(isBelow || marked && isMarked && bytes[i] == limit);
                    marked |= isMarked;
                }
                assertThat(marks & ~Words.HIGH_BITS).isZero();
            }
        }
    }

    private static int indexOf(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Neighbours of the byte that is looked for, too: a borrow in the subtraction must not make them equal. */
    private byte[] someBytes(int length) {
        byte[] alphabet = {'\n', '\n' + 1, '\n' - 1, (byte) ('\n' | 0x80), 0, 1, (byte) 0x80, (byte) 0xff, 'a'};
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return bytes;
    }
}

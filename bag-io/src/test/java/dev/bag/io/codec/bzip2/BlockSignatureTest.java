package dev.bag.io.codec.bzip2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockSignatureTest {

    private final Random random = new Random(1);

    @Test
    void isFoundAtEveryBit() {
        for (int fill : new int[] {0, 0xff, 0x31, 0x59}) {
            for (int bit = 0; bit <= 8 * 40 - BlockSignature.BIT_COUNT; bit++) {
                byte[] bytes = new byte[40 + BlockSignature.MARGIN];
                Arrays.fill(bytes, 0, 40, (byte) fill);
                write(bytes, bit);
                for (int from = 0; from <= bit; from += 1 + random.nextInt(5)) {
                    assertThat(BlockSignature.find(bytes, from, bit + 1)).isEqualTo(bit);
                }
                assertThat(BlockSignature.find(bytes, bit + 1, 8 * 40)).isEqualTo(-1);
                assertThat(BlockSignature.find(bytes, 0, bit)).isEqualTo(-1);
            }
        }
    }

    /** Bytes of which many are parts of signatures. */
    @Test
    void isFoundWhereAPlainSearchFindsIt() {
        int found = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[24 + BlockSignature.MARGIN];
            random.nextBytes(bytes);
            for (int i = random.nextInt(4); i >= 0; i--) {
                write(bytes, random.nextInt(8 * 20 - BlockSignature.BIT_COUNT));
            }
            int from = random.nextInt(30);
            int to = from + random.nextInt(120);
            int expected = plainSearch(bytes, from, to);
            found += expected >= 0 ? 1 : 0;
            assertThat(BlockSignature.find(bytes, from, to)).isEqualTo(expected);
        }
        assertThat(found).isBetween(5_000, 15_000);
    }

    private static int plainSearch(byte[] bytes, int from, int to) {
        for (int start = from; start < to; start++) {
            long value = 0;
            for (int i = start; i < start + BlockSignature.BIT_COUNT; i++) {
                value = value << 1 | bytes[i >> 3] >> (7 - (i & 7)) & 1;
            }
            if (value == BlockSignature.VALUE) {
                return start;
            }
        }
        return -1;
    }

    private static void write(byte[] bytes, int bit) {
        for (int i = 0; i < BlockSignature.BIT_COUNT; i++) {
            int mask = 0x80 >> (bit + i & 7);
            boolean one = (BlockSignature.VALUE >>> BlockSignature.BIT_COUNT - 1 - i & 1) != 0;
            bytes[bit + i >> 3] = (byte) (one ? bytes[bit + i >> 3] | mask : bytes[bit + i >> 3] & ~mask);
        }
    }
}

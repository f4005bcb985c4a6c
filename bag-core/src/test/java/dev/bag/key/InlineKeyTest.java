package dev.bag.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.value.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys as two numbers: the same numbers for equal keys only, and the same key again. */
@Tag("P1")
class InlineKeyTest {

    private static final List<String> CHARACTERS =
            List.of("a", "\0", "ÿ", "\u0080", "Ā", "漢", "\ud83d\ude00", "\ud83d");

    private final Map<List<Long>, Object> known = new HashMap<>();

    private void assertKept(Object key, boolean fits) {
        InlineKey inline = new InlineKey();
        assertThat(inline.set(key)).as("whether %s fits", key).isEqualTo(fits);
        if (fits) {
            assertThat(inline.second()).isNotZero();
            assertThat(InlineKey.key(inline.first(), inline.second())).isEqualTo(key);
            assertThat(InlineKey.stableHash(inline.first(), inline.second())).isEqualTo(StableHash.of(key));
            Object before = known.put(List.of(inline.first(), inline.second()), key);
            assertThat(before == null || before.equals(key)).isTrue();
        }
    }

    @Test
    void textsOfEachLengthAreKeptIfTheyAreShortAndOfOneByteACharacter() {
        Random random = new Random(1);
        for (int length = 0; length <= 40; length++) {
            for (int round = 0; round < 200; round++) {
                int kinds = 1 + round % CHARACTERS.size();
                StringBuilder text = new StringBuilder();
                while (text.length() < length) {
                    text.append(CHARACTERS.get(random.nextInt(kinds)));
                }
                String key = text.toString();
                assertKept(
                        key,
                        key.length() <= InlineKey.MOST_CHARACTERS && key.chars().allMatch(c -> c <= 0xFF));
                if (StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
                    Utf8 bytes = Utf8.of(key);
                    assertKept(bytes, bytes.length() <= InlineKey.MOST_CHARACTERS);
                }
            }
        }
    }

    @Test
    void intsAndLongsAreKeptAndNothingElse() {
        Random random = new Random(2);
        for (int i = 0; i < 1_000; i++) {
            int number = i < 10 ? i - 5 : random.nextInt();
            assertKept(number, true);
            assertKept((long) number, true);
            assertKept(random.nextLong(), true);
        }
        for (Object key : List.of(Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE)) {
            assertKept(key, true);
        }
        for (Object key : List.of('a', (short) 1, (byte) 1, 1.0, 1f, true, List.of("a"))) {
            assertKept(key, false);
        }
    }
}

package dev.bag.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.value.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Texts of all lengths, in an arena and out of it again. */
@Tag("P1")
class TextArenaTest {

    private static String text(Random random, int length, int characters) {
        StringBuilder text = new StringBuilder();
        random.ints(length, 1, characters).forEach(character -> text.append((char) character));
        return text.toString();
    }

    @Test
    void keysComeOutAsTheyWentIn() {
        Random random = new Random(1);
        TextArena arena = new TextArena();
        TextArena copies = new TextArena();
        List<Object> keys = new ArrayList<>();
        List<Long> seconds = new ArrayList<>();
        List<Long> copied = new ArrayList<>();
        for (int length = InlineKey.MOST_CHARACTERS + 1; length <= TextArena.MOST_BYTES; length += 1 + length / 40) {
            for (Object key : List.of(text(random, length, 0x100), Utf8.of(text(random, length, 0x80)))) {
                keys.add(key);
                seconds.add(arena.add(key));
                copied.add(copies.add(arena, arena.add(key)));
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            long second = seconds.get(i);
            long first = arena.hash(second);
            assertThat(TextArena.isIn(second)).isTrue();
            assertThat(arena.key(first, second)).isEqualTo(keys.get(i));
            assertThat(arena.stableHash(first, second)).isEqualTo(StableHash.of(keys.get(i)));
            assertThat(copies.key(first, copied.get(i))).isEqualTo(keys.get(i));
            assertThat(copies.hash(copied.get(i))).isEqualTo(first);
            for (int other = Math.max(0, i - 3); other < Math.min(keys.size(), i + 3); other++) {
                assertThat(arena.isSame(second, copies, copied.get(other))).isEqualTo(other == i);
            }
        }
    }

    /** Each byte of a text tells it from others, and so does its kind. */
    @Test
    void oneByteIsADifference() {
        for (int length = InlineKey.MOST_CHARACTERS + 1; length < 60; length++) {
            String text = "a".repeat(length);
            TextArena arena = new TextArena();
            long second = arena.add(text);
            long asUtf8 = arena.add(Utf8.of(text));
            assertThat(arena.isSame(second, arena, asUtf8)).isFalse();
            assertThat(arena.hash(asUtf8)).isNotEqualTo(arena.hash(second));
            for (int at = 0; at < length; at++) {
                long changed = arena.add(text.substring(0, at) + 'b' + text.substring(at + 1));
                assertThat(arena.isSame(second, arena, changed)).isFalse();
                assertThat(arena.hash(changed)).isNotEqualTo(arena.hash(second));
            }
        }
    }

    @Test
    void whatDoesNotFitIsNotAdded() {
        TextArena arena = new TextArena();
        for (Object key : List.of(
                "fits into numbers".substring(0, InlineKey.MOST_CHARACTERS),
                "a text of other characters: 漢",
                "a".repeat(TextArena.MOST_BYTES + 1),
                Utf8.of("a".repeat(TextArena.MOST_BYTES + 1)),
                List.of("a list of texts"))) {
            assertThat(arena.add(key)).isZero();
        }
        long second = arena.add("the first key of all");
        assertThat(arena.key(arena.hash(second), second)).isEqualTo("the first key of all");
    }

    @Test
    void aClearedArenaIsAsGoodAsNew() {
        TextArena arena = new TextArena();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 1_000; i++) {
                String key = "key " + i + " " + "x".repeat(1_000);
                long second = arena.add(key);
                assertThat(arena.key(arena.hash(second), second)).isEqualTo(key);
            }
            arena.clear();
        }
        assertThat(arena.bytes()).isEqualTo(1 << 18);
    }
}

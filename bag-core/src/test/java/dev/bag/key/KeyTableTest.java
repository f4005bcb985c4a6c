package dev.bag.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.value.Block;
import dev.bag.value.Pair;
import dev.bag.value.Utf8;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys of all kinds against a map of the JDK. */
@Tag("P1")
class KeyTableTest {

    private static final List<IntFunction<Object>> KEYS = List.of(
            n -> n,
            n -> (long) n,
            n -> (double) n,
            n -> "k" + n,
            n -> Utf8.of("k" + n),
            n -> n % 2 == 0 ? "k" + n : Utf8.of("k" + n),
            n -> "the same beginning of all keys " + n,
            n -> Utf8.of("the same beginning of all keys " + n),
            n -> "漢".repeat(n % 7) + n,
            n -> Utf8.of("漢".repeat(n % 7) + n),
            n -> "x".repeat(n % 41),
            n -> Utf8.of("x".repeat(n % 41)),
            n -> new Pair<>(n, Utf8.of("k" + n)),
            n -> new int[] {n, 1},
            KeyTableTest::ofOneHash,
            n -> Utf8.of(ofOneHash(n)),
            n -> "same");

    /** A text for each number, all with the same {@code hashCode}. */
    private static String ofOneHash(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 20; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    /** What a map of the JDK takes for the same. */
    private static Object comparable(Object key) {
        return key instanceof int[] numbers ? List.of(numbers[0], numbers[1]) : key;
    }

    @Test
    void keysAreFoundInTheOrderInWhichTheyCame() throws Exception {
        Random random = new Random(5);
        for (IntFunction<Object> keys : KEYS) {
            for (int size : new int[] {0, 1, 3, 8, 9, 100, 5_000}) {
                KeyTable table = new KeyTable(random.nextInt(1 + 2 * size));
                Map<Object, Integer> expected = new LinkedHashMap<>();
                for (int i = 0; i < size; i++) {
                    Object key = keys.apply(random.nextInt(1 + size));
                    int entry = table.find(key);
                    Integer known = expected.get(comparable(key));
                    assertThat(entry).isEqualTo(known == null ? -1 - expected.size() : known);
                    if (known == null) {
                        table.set(-1 - entry, expected.size());
                        expected.put(comparable(key), expected.size());
                    }
                }
                assertHolds(table, expected, keys, size);
                assertHolds(copy(table), expected, keys, size);
            }
        }
    }

    private static void assertHolds(KeyTable table, Map<Object, Integer> expected, IntFunction<Object> keys, int size) {
        assertThat(table.count()).isEqualTo(expected.size());
        List<Object> found = new ArrayList<>();
        for (int entry = 0; entry < table.count(); entry++) {
            found.add(comparable(table.key(entry)));
            assertThat(table.stableHash(entry)).isEqualTo(StableHash.of(table.key(entry)));
        }
        assertThat(found).isEqualTo(List.copyOf(expected.keySet()));
        for (int n = 0; n <= size; n++) {
            Object key = keys.apply(n);
            assertThat(table.get(key)).isEqualTo(expected.get(comparable(key)));
        }
    }

    /** As if it had been sent to another JVM: the index is made anew. */
    private static KeyTable copy(KeyTable table) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(table);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (KeyTable) in.readObject();
        }
    }

    /** Each would be compared with all that were there before, otherwise: that takes more than an hour. */
    @Test
    @Timeout(100)
    void manyTextsOfOneHashAreToldApartQuickly() {
        KeyTable table = new KeyTable();
        int count = 1 << 20;
        for (int n = 0; n < count; n++) {
            assertThat(table.find(ofOneHash(n))).isEqualTo(-1 - n);
        }
        assertThat(table.find(ofOneHash(12_345))).isEqualTo(12_345);
    }

    @Test
    void aKeyThatIsAViewIsCopied() {
        byte[] buffer = "a key that is longer than two numbers".getBytes(StandardCharsets.UTF_8);
        Block block = new Block(buffer);
        KeyTable table = new KeyTable();
        table.find(block.utf8(0, buffer.length));
        table.find(new Pair<>(1, block.utf8(2, 5)));
        table.find(block.utf8(2, 5));
        block.end();
        assertThat(table.find(Utf8.of("a key that is longer than two numbers"))).isZero();
        assertThat(table.find(new Pair<>(1, Utf8.of("key")))).isEqualTo(1);
        assertThat(table.find(Utf8.of("key"))).isEqualTo(2);
        assertThat(table.key(2)).hasToString("key");
    }
}

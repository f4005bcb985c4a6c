package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.value.Pair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The program that {@link LargerThanMemoryTest} runs in JVMs with a small heap: one {@link Case}, whose answer is checked
 * against arithmetic, on a runner with the memory it has by default. Records are the numbers from 0, as texts of 200
 * characters that begin with the number.
 */
final class LargerThanMemory {

    static final int CHARACTERS = 200;

    private static final int DIGITS = 10;
    private static final String PADDING = ".".repeat(CHARACTERS - DIGITS);
    private static final String ZEROS = "0".repeat(DIGITS);
    private static final int PARTITIONS = 16;
    /** Has no divisor in common with a number of records that is a power of ten. */
    private static final long STEP = 7919;

    private final Runner runner;
    private final long count;
    private final Bag<String> texts;
    private final AtomicBoolean spilled = new AtomicBoolean();

    private LargerThanMemory(Runner runner, long count) {
        this.runner = runner;
        this.count = count;
        this.texts = Bag.range(0, count, PARTITIONS).map(LargerThanMemory::text);
    }

    /** What is computed. */
    enum Case {
        GROUPED {
            @Override
            void check(LargerThanMemory program) {
                program.grouped();
            }
        },
        JOINED_WITH_ITSELF {
            @Override
            void check(LargerThanMemory program) {
                program.joinedWithItself();
            }
        },
        COGROUPED {
            @Override
            void check(LargerThanMemory program) {
                program.cogrouped();
            }
        },
        SORTED {
            @Override
            void check(LargerThanMemory program) {
                program.sorted(Bag::sorted);
            }
        },
        SORTED_BY_A_COMPARATOR {
            @Override
            void check(LargerThanMemory program) {
                program.sorted(bag -> bag.sorted(Comparator.comparingLong(LargerThanMemory::number)));
            }
        },
        DISTINCT {
            @Override
            void check(LargerThanMemory program) {
                program.distinct();
            }
        },
        FOLDED_BY_MANY_KEYS {
            @Override
            void check(LargerThanMemory program) {
                program.foldedByManyKeys();
            }
        },
        COUNTED {
            @Override
            void check(LargerThanMemory program) {
                program.counted();
            }
        },
        REPARTITIONED {
            @Override
            void check(LargerThanMemory program) {
                program.repartitioned();
            }
        },
        ONE_KEY_WITH_MOST_RECORDS_GROUPED {
            @Override
            void check(LargerThanMemory program) {
                program.oneFrequentKeyGrouped();
            }
        },
        ONE_KEY_WITH_MOST_RECORDS_GROUPED_STREAMING {
            @Override
            void check(LargerThanMemory program) {
                program.oneFrequentKeyStreaming();
            }
        },
        ONE_KEY_WITH_MOST_RECORDS_JOINED {
            @Override
            void check(LargerThanMemory program) {
                program.oneFrequentKeyJoined();
            }
        },
        /** Each fits into memory, but not two of them. */
        FEW_LARGE_GROUPS_IN_ONE_PARTITION {
            @Override
            void check(LargerThanMemory program) {
                program.fewLargeGroups();
            }
        },
        /** Most bytes are in few records of one partition. */
        LARGE_RECORDS_AMONG_SMALL_ONES {
            @Override
            void check(LargerThanMemory program) {
                program.largeRecordsAmongSmallOnes();
            }
        },
        /** As objects they take many times the room they take on disk. */
        MANY_SMALL_OBJECTS_GROUPED {
            @Override
            void check(LargerThanMemory program) {
                program.manySmallObjects();
            }
        },
        /** A group that does not fit into memory is part of a record that is sorted. */
        ONE_KEY_WITH_MOST_RECORDS_GROUPED_AND_SORTED {
            @Override
            void check(LargerThanMemory program) {
                program.oneFrequentKeyGroupedAndSorted();
            }
        },
        /** Each task gathers for all of them. */
        SEVERAL_SHUFFLES_OF_ONE_PASS {
            @Override
            void check(LargerThanMemory program) {
                program.severalShuffles();
            }
        },
        SORTED_RECORDS_OF_MEGABYTES {
            @Override
            void check(LargerThanMemory program) {
                program.sortedMegabytes();
            }
        },
        ONE_KEY_WITH_MOST_RECORDS_JOINED_OUTSIDE {
            @Override
            void check(LargerThanMemory program) {
                program.oneFrequentKeyJoinedOutside();
            }
        },
        ALL_KEYS_EQUAL_GROUPED {
            @Override
            void check(LargerThanMemory program) {
                program.allKeysEqualGrouped();
            }
        },
        ALL_KEYS_EQUAL_SORTED {
            @Override
            void check(LargerThanMemory program) {
                program.allKeysEqualSorted();
            }
        },
        /** Nothing of these needs memory, so nothing is spilled. */
        ALL_KEYS_EQUAL_DISTINCT_AND_FOLDED {
            @Override
            void check(LargerThanMemory program) {
                program.allKeysEqualFolded();
            }

            @Override
            boolean spills() {
                return false;
            }
        };

        abstract void check(LargerThanMemory program);

        boolean spills() {
            return true;
        }
    }

    /** Computes the case in the system property {@code case}, of {@code records} records, and prints the peak and the budget. */
    public static void main(String[] args) {
        Case wanted = Case.valueOf(System.getProperty("case"));
        Runner.Builder builder = Runner.local().threads(2);
        String memory = System.getProperty("memory");
        Runner runner = (memory == null ? builder : builder.memory(memory)).build();
        LargerThanMemory program = new LargerThanMemory(runner, Long.getLong("records"));
        wanted.check(program);
        assertThat(program.spilled.get()).as("whether something was spilled").isEqualTo(wanted.spills());
        System.out.println("right " + SpillFolder.workspace(runner).peakBytes() + " "
                + SpillFolder.workspace(runner).memoryBytes());
    }

    private static String text(long number) {
        String digits = Long.toString(number);
        return ZEROS.substring(digits.length()) + digits + PADDING;
    }

    private static long number(String text) {
        return Long.parseLong(text, 0, DIGITS, 10);
    }

    /** Looks, when the first record has come this far, whether there are files. */
    private <T> Bag<T> watched(Bag<T> bag) {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        AtomicBoolean looked = new AtomicBoolean();
        return bag.peek(record -> {
            if (!looked.get() && looked.compareAndSet(false, true)) {
                spilled.set(!SpillFolder.filesIn(folder).isEmpty());
            }
        });
    }

    private static long sumBelow(long end) {
        return end * (end - 1) / 2;
    }

    private static void checkSum(long end, Pair<Long, Long> countAndSum) {
        assertThat(countAndSum).isEqualTo(Pair.of(end, sumBelow(end)));
    }

    private Pair<Long, Long> countAndSum(Bag<Long> numbers) {
        return numbers.fold(Folds.both(Folds.<Long>counting(), Folds.<Long>summingLong(n -> n)))
                .compute(runner);
    }

    /** Whether {@code group} is {@code first}, {@code first + step} and so on to the end. */
    private boolean isEverySoMany(List<String> group, long first, long step) {
        long next = first;
        for (String text : group) {
            if (number(text) != next) {
                return false;
            }
            next += step;
        }
        return next >= count && next - step < count && group.size() == (next - first) / step;
    }

    private void grouped() {
        long keys = count / 30;
        KeyedBag<Long, List<String>> groups = texts.groupBy(text -> number(text) % keys);
        checkSum(
                keys,
                countAndSum(watched(groups.mapEntries((key, group) -> isEverySoMany(group, key, keys) ? key : -1))));
    }

    private void joinedWithItself() {
        long keys = count / 2;
        KeyedBag<Long, String> keyed = texts.keyBy(text -> number(text) % keys);
        Bag<Long> matches = watched(keyed.join(keyed).mapEntries((key, pair) -> {
            long first = number(pair.first());
            long second = number(pair.second());
            return first % keys == key && second % keys == key ? (first < keys ? 0 : 2) + (second < keys ? 0 : 1) : -1L;
        }));
        assertThat(matches.countBy(match -> match).toMap().compute(runner))
                .containsOnlyKeys(0L, 1L, 2L, 3L)
                .allSatisfy((match, times) -> assertThat(times).isEqualTo(keys));
    }

    private void cogrouped() {
        long keys = count / 4;
        KeyedBag<Long, String> left = texts.keyBy(text -> number(text) % keys);
        KeyedBag<Long, String> right =
                texts.filter(text -> number(text) < keys / 2).keyBy(LargerThanMemory::number);
        checkSum(keys, countAndSum(watched(left.cogroup(right).mapEntries((key, groups) -> {
            boolean matches = key < keys / 2
                    ? groups.second().equals(List.of(text(key)))
                    : groups.second().isEmpty();
            return matches && isEverySoMany(groups.first(), key, keys) ? key : -1;
        }))));
    }

    /** A way to sort. */
    private interface Sorting {

        Bag<String> sort(Bag<String> bag);
    }

    private void sorted(Sorting sorting) {
        Bag<String> mixed = texts.map(text -> text(number(text) * STEP % count));
        checkInOrder(watched(sorting.sort(mixed)));
    }

    private void checkInOrder(Bag<String> bag) {
        long right = bag.zipWithIndex()
                .filter(each -> number(each.first()) == each.second())
                .count()
                .compute(runner);
        assertThat(right).isEqualTo(count);
    }

    private void distinct() {
        long different = count * 2 / 3;
        Bag<String> repeated = texts.map(text -> text(number(text) % different));
        checkSum(different, countAndSum(watched(repeated.distinct()).map(LargerThanMemory::number)));
    }

    private void foldedByManyKeys() {
        long keys = count / 2;
        KeyedBag<String, Long> sums =
                texts.foldBy(text -> text(number(text) % keys), Folds.summingLong(LargerThanMemory::number));
        checkSum(keys, countAndSum(watched(sums.mapEntries((key, sum) -> {
            long first = number(key);
            return sum == first + first + keys ? first : -1;
        }))));
    }

    private void counted() {
        long keys = count / 2;
        KeyedBag<String, Long> counts =
                texts.map(text -> text(number(text) % keys)).frequencies();
        checkSum(keys, countAndSum(watched(counts.mapEntries((key, times) -> times == 2 ? number(key) : -1))));
    }

    private void repartitioned() {
        checkInOrder(watched(texts.repartition(PARTITIONS * 3)));
    }

    private static long oftenZero(String text) {
        long number = number(text);
        return number % 10 == 9 ? number : 0;
    }

    /** How many records have the key 0. */
    private long frequent() {
        return count - count / 10;
    }

    private static Pair<Long, Long> countAndSum(Iterator<String> texts) {
        long count = 0;
        long sum = 0;
        long last = -1;
        boolean ascending = true;
        while (texts.hasNext()) {
            long number = number(texts.next());
            count++;
            sum += number;
            ascending &= number > last;
            last = number;
        }
        return Pair.of(count, ascending ? sum : -1);
    }

    private void checkFrequent(Bag<Pair<Long, Long>> groups) {
        List<Pair<Long, Long>> largest =
                groups.topK(2, Comparator.comparing(Pair::first)).compute(runner);
        long rareSum = (count / 10) * (count / 10 - 1) / 2 * 10 + 9 * (count / 10);
        assertThat(largest.get(0)).isEqualTo(Pair.of(frequent(), sumBelow(count) - rareSum));
        assertThat(largest.get(1).first()).isEqualTo(1);
    }

    private void oneFrequentKeyGrouped() {
        KeyedBag<Long, List<String>> groups = texts.groupBy(LargerThanMemory::oftenZero);
        checkFrequent(
                watched(groups.mapValues(group -> countAndSum(group.iterator())).values()));
    }

    private void oneFrequentKeyStreaming() {
        checkFrequent(watched(texts.groupByStreaming(LargerThanMemory::oftenZero, (key, group) -> countAndSum(group))));
    }

    private void oneFrequentKeyJoined() {
        KeyedBag<Long, String> small = Bag.of(0L, 0L, 9L, 8L).keyBy(n -> n).mapValues(n -> "match");
        Bag<Long> matches =
                watched(texts.keyBy(LargerThanMemory::oftenZero).join(small).mapEntries((key, pair) -> key));
        assertThat(matches.countBy(key -> key).toMap().compute(runner))
                .containsOnlyKeys(0L, 9L)
                .containsEntry(0L, 2 * frequent())
                .containsEntry(9L, 1L);
    }

    private void fewLargeGroups() {
        long keys = count / 80_000;
        KeyedBag<Long, List<String>> groups =
                texts.keyBy(text -> number(text) % keys).partitionByKey(1).groupValues();
        checkSum(
                keys,
                countAndSum(watched(groups.mapEntries((key, group) -> isEverySoMany(group, key, keys) ? key : -1))));
    }

    private void largeRecordsAmongSmallOnes() {
        long step = 5_000;
        Bag<String> mixed =
                Bag.range(0, count, PARTITIONS).map(n -> n % step == 0 ? text(n).repeat(5_000) : Long.toString(n));
        KeyedBag<Long, List<String>> groups =
                mixed.groupBy(text -> text.length() > CHARACTERS ? 0 : Long.parseLong(text));
        Bag<Long> sizes = watched(groups.values().map(group -> (long) group.size()));
        assertThat(sizes.countBy(size -> size).toMap().compute(runner))
                .containsOnlyKeys(1L, count / step)
                .containsEntry(1L, count - count / step)
                .containsEntry(count / step, 1L);
    }

    private void manySmallObjects() {
        long keys = count / 500;
        Bag<List<Integer>> lists = Bag.range(0, count, PARTITIONS / 2).map(n -> {
            List<Integer> list = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                list.add(1_000 + (int) ((n + i) % 7_000));
            }
            list.set(0, n.intValue());
            return list;
        });
        KeyedBag<Long, List<List<Integer>>> groups = lists.groupBy(list -> list.get(0) % keys);
        checkSum(keys, countAndSum(watched(groups.mapEntries((key, group) -> group.size() == 500 ? key : -1))));
    }

    private void oneFrequentKeyGroupedAndSorted() {
        Bag<Pair<Long, List<String>>> sorted = texts.groupBy(LargerThanMemory::oftenZero)
                .sortByKey(Comparator.reverseOrder())
                .entries();
        checkFrequent(watched(sorted.map(group -> countAndSum(group.second().iterator()))));
    }

    private void severalShuffles() {
        List<Delayed<Long>> counts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String end = " " + i;
            counts.add(watched(texts.distinctBy(text -> number(text) + end)).count());
        }
        assertThat(Delayed.all(counts).compute(runner)).containsOnly(count);
    }

    private void sortedMegabytes() {
        long large = count / 5_000;
        Bag<byte[]> records = Bag.range(0, large).map(n -> {
            byte[] bytes = new byte[2_000_000];
            bytes[0] = (byte) (n * STEP % 100);
            return bytes;
        });
        List<Byte> first = watched(records.sortBy(bytes -> bytes[0]).map(bytes -> bytes[0]))
                .compute(runner);
        assertThat(first).hasSize((int) large).isSorted();
    }

    private void oneFrequentKeyJoinedOutside() {
        KeyedBag<Long, String> small = Bag.of(0L, 9L, 8L).keyBy(n -> n).mapValues(n -> "match");
        Bag<Long> matches = watched(small.leftJoin(texts.keyBy(LargerThanMemory::oftenZero))
                .mapEntries((key, pair) -> pair.second().isPresent() ? key : -1));
        assertThat(matches.countBy(key -> key).toMap().compute(runner))
                .containsOnlyKeys(0L, 9L, -1L)
                .containsEntry(0L, frequent())
                .containsEntry(9L, 1L)
                .containsEntry(-1L, 1L);
    }

    private void allKeysEqualGrouped() {
        List<Pair<Long, Long>> groups = watched(texts.groupBy(text -> "all")
                        .mapValues(group -> countAndSum(group.iterator()))
                        .values())
                .compute(runner);
        assertThat(groups).containsExactly(Pair.of(count, sumBelow(count)));
    }

    private void allKeysEqualSorted() {
        checkInOrder(watched(texts.sortBy(text -> "all")));
    }

    private void allKeysEqualFolded() {
        assertThat(watched(texts.map(text -> text(1)).distinct()).compute(runner))
                .containsExactly(text(1));
        assertThat(texts.foldBy(text -> "all", Folds.summingLong(LargerThanMemory::number))
                        .toMap()
                        .compute(runner))
                .containsOnlyKeys("all")
                .containsEntry("all", sumBelow(count));
        assertThat(texts.countBy(text -> "all").toMap().compute(runner)).containsEntry("all", count);
    }
}

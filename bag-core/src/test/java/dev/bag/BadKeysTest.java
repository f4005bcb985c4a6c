package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedFunction;
import dev.bag.value.Pair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that no shuffle takes: null, and those that have only the hash of their identity. */
@Tag("P20")
class BadKeysTest {

    private static final String NULL_KEY = "NullPointerException: the key is null, and a key is never null:"
            + " filter these records out before, or return an Optional as the key";
    private static final String IDENTITY =
            "a key of class dev.bag.BadKeysTest$NoHash has only the hash of its identity,"
                    + " which differs from run to run: use a record or a String as the key,"
                    + " or give the class equals and hashCode";

    @RegisterExtension
    final SpillFolder folder = new SpillFolder();

    private static final class NoHash {}

    private record Holder(int number, NoHash noHash) {}

    private static Bag<String> words(int partitions) {
        return Bag.from(List.of("ape", "bear", "cow"), partitions);
    }

    private static <T> T nullForTheCow(String word, T key) {
        return word.equals("cow") ? null : key;
    }

    private static Map<Shuffle, String> messagesOfNullKeys() {
        String record = "\n  record: \"cow\"\n  chain: 3 records > ";
        String where = " failed (partition 3 of 3): " + NULL_KEY + record;
        Map<Shuffle, String> messages = new LinkedHashMap<>();
        messages.put(Shuffle.GROUP_BY, "groupBy" + where + "groupBy > compute");
        messages.put(Shuffle.GROUP_BY_STREAMING, "groupByStreaming" + where + "groupByStreaming > compute");
        messages.put(Shuffle.FOLD_BY, "foldBy" + where + "foldBy > compute");
        messages.put(Shuffle.COUNT_BY, "countBy" + where + "countBy > compute");
        messages.put(Shuffle.DISTINCT_BY, "distinctBy" + where + "distinctBy > compute");
        messages.put(Shuffle.SORT_BY, "sortBy" + where + "sortBy > compute");
        messages.put(Shuffle.SORT_BY_KEY, "keyBy" + where + "keyBy > sortByKey > compute");
        messages.put(Shuffle.JOIN, "keyBy" + where + "filter > keyBy > mapValues > join > compute");
        messages.put(Shuffle.COGROUP, "keyBy" + where + "filter > keyBy > mapValues > cogroup > compute");
        messages.put(Shuffle.REDUCE_VALUES, "keyBy" + where + "keyBy > reduceValues > compute");
        return messages;
    }

    @Test
    void aNullKeyIsRefusedNamingTheOperatorTheRecordAndWhatToDo() {
        for (Runner runner : List.of(folder.runner(1, "1B"), folder.runner(2, "1GB"))) {
            messagesOfNullKeys().forEach((shuffle, message) -> {
                Bag<?> bag = shuffle.of(words(3), word -> nullForTheCow(word, word));
                assertThat(failure(() -> bag.compute(runner))).hasMessage(message);
                folder.assertClean();
            });
        }
    }

    @Test
    void aKeyWithTheHashOfItsIdentityIsRefusedNamingTheRecord() {
        for (int partitions : new int[] {1, 3}) {
            String where = " failed (partition 1 of " + partitions + "): IllegalArgumentException: " + IDENTITY
                    + "\n  record: \"ape\"\n  chain: 3 records > ";
            for (Runner runner : List.of(folder.runner(1, "1B"), folder.runner(1, "1GB"))) {
                assertThat(failure(() ->
                                words(partitions).groupBy(word -> new NoHash()).compute(runner)))
                        .hasMessage("groupBy" + where + "groupBy > compute");
                assertThat(failure(() ->
                                words(partitions).countBy(word -> new NoHash()).compute(runner)))
                        .hasMessage("countBy" + where + "countBy > compute");
                assertThat(failure(() -> words(partitions)
                                .distinctBy(word -> new NoHash())
                                .compute(runner)))
                        .hasMessage("distinctBy" + where + "distinctBy > compute");
            }
        }
    }

    private record Bytes(byte[] bytes) {}

    /** With a hash of its content, and equal to itself only. */
    private static final class NoEquals {

        @Override
        public int hashCode() {
            return 5;
        }
    }

    private static final List<CheckedFunction<String, Object>> EQUAL_BY_IDENTITY = List.of(
            word -> new Bytes(new byte[] {1}),
            word -> List.of(new byte[] {1}),
            word -> Set.of(new byte[] {1}),
            word -> Map.of(word, new byte[] {1}),
            word -> Optional.of(new byte[] {1}),
            word -> Pair.of(word, new byte[] {1}),
            word -> new Object[] {List.of(new byte[] {1})});

    /** Such a key would be another one once it has been on disk. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SORTED", "SORTED_BY_A_COMPARATOR", "SORT_BY", "SORT_BY_KEY", "REPARTITION", "PRODUCT"})
    void aKeyThatIsEqualByIdentityIsRefusedByEveryShuffle(Shuffle shuffle) {
        for (Runner runner : List.of(folder.runner(2, "1B"), folder.runner(2, "1GB"))) {
            for (CheckedFunction<String, Object> key : EQUAL_BY_IDENTITY) {
                assertThat(failure(() -> shuffle.of(words(3), key).compute(runner))
                                .getCause())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageMatching(
                                "a key of class .* contains a byte\\[\\], and an array within another object is"
                                        + " equal only to itself: use a List or a String in its place, or the array alone as the"
                                        + " key");
            }
            assertThat(failure(() ->
                                    shuffle.of(words(3), word -> new NoEquals()).compute(runner))
                            .getCause())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a key of class dev.bag.BadKeysTest$NoEquals is equal only to itself: use a record or a"
                            + " String as the key, or give the class equals besides hashCode");
            folder.assertClean();
        }
    }

    @Test
    void anArrayAloneIsAKey() {
        for (Runner runner : List.of(folder.runner(2, "1B"), folder.runner(2, "1GB"))) {
            assertThat(words(3).groupBy(word -> new int[][] {{3}}).values().compute(runner))
                    .containsExactly(words(1).compute());
        }
    }

    @Test
    void aBroadcastJoinRefusesTheSameKeys() {
        KeyedBag<Object, String> keyed = words(3).keyBy(word -> new NoHash());
        assertThat(failure(() -> keyed.joinBroadcast(keyed).compute()).getCause())
                .hasMessage(IDENTITY);
    }

    @Test
    void aFoldThatFinishesWithNullFails() {
        Fold<String, Integer, Integer> fold = Fold.of(() -> 0, (n, word) -> n, (a, b) -> a, n -> null);
        for (Runner runner : List.of(folder.runner(1, "1B"), folder.runner(2, "1GB"))) {
            BagException failure =
                    failure(() -> words(3).foldBy(word -> 1, fold).compute(runner));
            assertThat(failure.operator()).isEqualTo("foldBy");
            assertThat(failure.getCause())
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("the fold has finished with null, and a value is never null: finish with an Optional"
                            + " instead");
        }
    }

    private static final List<CheckedFunction<String, Object>> WITH_IDENTITY = List.of(
            word -> new NoHash(),
            word -> new Holder(1, new NoHash()),
            word -> List.of(word, new NoHash()),
            word -> Set.of(new NoHash()),
            word -> Map.of(word, new NoHash()),
            word -> Optional.of(new NoHash()),
            word -> new Object[] {new NoHash()},
            word -> List.of(Optional.of(new Holder(2, new NoHash()))));

    private static String nameOf(Shuffle shuffle) {
        Function<MatchResult, String> upper = letter -> letter.group(1).toUpperCase(Locale.ROOT);
        Matcher underscores = Pattern.compile("_(.)").matcher(shuffle.name().toLowerCase(Locale.ROOT));
        return underscores.replaceAll(upper);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SORTED", "SORTED_BY_A_COMPARATOR", "SORT_BY", "SORT_BY_KEY", "REPARTITION", "PRODUCT"})
    void aKeyThatHoldsTheHashOfAnIdentityIsRefusedByEveryShuffle(Shuffle shuffle) {
        for (Runner runner : List.of(folder.runner(2, "1B"), folder.runner(2, "1GB"))) {
            for (int partitions : new int[] {1, 3}) {
                for (CheckedFunction<String, Object> key : WITH_IDENTITY) {
                    BagException failure =
                            failure(() -> shuffle.of(words(partitions), key).compute(runner));
                    assertThat(failure.operator()).isEqualTo(nameOf(shuffle));
                    assertThat(failure.recordExcerpt()).isPresent();
                    assertThat(failure.getCause())
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage(IDENTITY);
                    folder.assertClean();
                }
            }
        }
    }
}

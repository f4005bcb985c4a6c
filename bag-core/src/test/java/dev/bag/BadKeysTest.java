package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.function.CheckedFunction;
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
            + " filter such records out before, or answer an Optional as the key";
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

package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.oracle.PlanInterpreter;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a shuffle has left is read by several stages, on one level and on several, in memory and from disk. */
@Tag("P1")
@Tag("P2")
class ReadAgainTest {

    @RegisterExtension
    final SpillFolder folder = new SpillFolder();

    private static Bag<String> texts() {
        return Bag.range(0, 150, 5).map(n -> "text " + n * 37 % 150);
    }

    private static String key(String text) {
        return text.substring(text.length() - 1);
    }

    private void assertAsTheOracleSays(Delayed<?>... wanted) {
        PlanInterpreter oracle = new PlanInterpreter();
        for (Runner runner : folder.everyRunner()) {
            Results results = Delayed.computeAll(runner, wanted);
            for (Delayed<?> each : wanted) {
                assertThat((Object) results.get(each))
                        .as("%s on %s", each, runner)
                        .isEqualTo(oracle.value(each.plan()));
            }
            folder.assertClean();
        }
    }

    private static <T> Delayed<List<T>> all(Bag<T> bag) {
        return bag.fold(Folds.toList());
    }

    @ParameterizedTest
    @EnumSource
    void byTwoFoldsOfOneRun(Shuffle shuffle) {
        Bag<?> shuffled = shuffle.of(texts(), ReadAgainTest::key);
        assertAsTheOracleSays(
                shuffled.count(), all(shuffled), shuffled.map(Object::toString).topK(3), all(shuffled.zipWithIndex()));
    }

    @ParameterizedTest
    @EnumSource
    void byStagesOnDifferentLevels(Shuffle shuffle) {
        Bag<String> shuffled = shuffle.of(texts(), ReadAgainTest::key).map(Object::toString);
        Delayed<Long> length = shuffled.sumLong(String::length);
        Bag<String> later = shuffled.mapWith(length, (text, sum) -> text + sum);
        Delayed<Long> laterLength = later.sumLong(String::length);
        Bag<String> latest = shuffled.mapWith(laterLength, (text, sum) -> sum + text);
        assertAsTheOracleSays(length, all(later), all(latest), all(shuffled), all(later.distinct()));
    }

    @ParameterizedTest
    @EnumSource
    void byTheOperatorBehindItTwice(Shuffle shuffle) {
        Bag<?> shuffled = shuffle.of(texts(), ReadAgainTest::key);
        Bag<Object> cast = shuffled.cast(Object.class);
        assertAsTheOracleSays(
                all(cast.concat(cast)),
                all(cast.concat(cast).limit(5)),
                all(cast.concat(cast).skip(7).limit(20)),
                all(cast.zip(cast)),
                all(cast.takeWhile(record -> record.toString().length() < 1_000).concat(cast)));
    }

    @ParameterizedTest
    @EnumSource
    void byAnotherShuffleAndByAFold(Shuffle shuffle) {
        Bag<String> shuffled = shuffle.of(texts(), ReadAgainTest::key).map(Object::toString);
        KeyedBag<Integer, String> keyed = shuffled.keyBy(text -> text.length() % 16);
        assertAsTheOracleSays(
                all(shuffled.sorted()),
                all(keyed.countKeys().entries()),
                all(keyed.join(keyed.filterValues(text -> text.endsWith("7)")))
                        .entries()
                        .map(Pair::first)),
                shuffled.count());
    }

    @ParameterizedTest
    @EnumSource
    void byTakingAFewOfIt(Shuffle shuffle) {
        Bag<?> shuffled = shuffle.of(texts(), ReadAgainTest::key);
        List<Object> expected = new ArrayList<>(new PlanInterpreter().records(shuffled.plan()));
        for (Runner runner : folder.everyRunner()) {
            for (int n : new int[] {0, 1, 2, expected.size() / 2, expected.size() + 1}) {
                int most = Math.min(n, expected.size());
                assertThat((Object) shuffled.take(n, runner)).isEqualTo(expected.subList(0, most));
                folder.assertClean();
            }
            assertThat((Object) shuffled.concat(Bag.empty()).first(runner))
                    .isEqualTo(expected.stream().findFirst());
        }
    }
}

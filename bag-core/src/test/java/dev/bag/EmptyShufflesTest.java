package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.oracle.PlanInterpreter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shuffles of nothing, of empty partitions and of a little, with much too little memory. */
@Tag("P7")
class EmptyShufflesTest {

    @RegisterExtension
    final SpillFolder folder = new SpillFolder();

    private static Bag<String> texts(int count, int partitions) {
        return Bag.from(IntStream.range(0, count).mapToObj(i -> "text " + i).toList(), partitions);
    }

    private void assertAsTheOracleSays(Shuffle shuffle, Bag<String> bag) {
        Bag<?> shuffled = shuffle.of(bag, text -> text.substring(text.length() - 1));
        List<List<Object>> expected = new PlanInterpreter().partitions(shuffled.plan());
        for (Runner runner : folder.everyRunner()) {
            assertThat(Delayed.all(shuffled.partitions()).compute(runner))
                    .as("%s on %s", shuffled, runner)
                    .isEqualTo(expected);
            assertThat(shuffled.stream(runner).toList())
                    .isEqualTo(expected.stream().flatMap(List::stream).toList());
            folder.assertClean();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingGivesNothing(Shuffle shuffle) {
        assertAsTheOracleSays(shuffle, Bag.empty());
        assertAsTheOracleSays(shuffle, Bag.range(0, 0, 3).map(n -> "none"));
        assertAsTheOracleSays(shuffle, texts(100, 5).filter(text -> false));
    }

    @ParameterizedTest
    @EnumSource
    void emptyPartitionsAreNoObstacle(Shuffle shuffle) {
        Bag<String> none = texts(40, 4).filter(text -> false);
        Bag<String> one = texts(1, 1);
        assertAsTheOracleSays(shuffle, none.concat(texts(200, 3)).concat(none));
        assertAsTheOracleSays(shuffle, texts(50, 2).concat(none).concat(texts(50, 2)));
        assertAsTheOracleSays(shuffle, none.concat(one));
        assertAsTheOracleSays(shuffle, one);
    }
}

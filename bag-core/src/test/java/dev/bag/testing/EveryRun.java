package dev.bag.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.Runner;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Applies operators to the same records cut in every way, on every kind of runner. */
public final class EveryRun {

    private EveryRun() {}

    /** The records that come out are always these, in this order. */
    public static <T, R> void assertRecords(
            List<T> input, Function<Bag<T>, Bag<R>> operator, List<? extends R> expected) {
        for (Bag<T> bag : Cuts.of(input)) {
            Bag<R> applied = operator.apply(bag);
            for (Runner runner : Runners.ALL) {
                assertThat(applied.compute(runner))
                        .as("%s on %s", applied, runner)
                        .isEqualTo(expected);
                try (Stream<R> stream = applied.stream(runner)) {
                    assertThat(stream.toList())
                            .as("stream of %s on %s", applied, runner)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** The value is always this one. */
    public static <T, R> void assertValue(List<T> input, Function<Bag<T>, Delayed<R>> fold, R expected) {
        for (Bag<T> bag : Cuts.of(input)) {
            Delayed<R> value = fold.apply(bag);
            for (Runner runner : Runners.ALL) {
                assertThat(value.compute(runner)).as("%s on %s", value, runner).isEqualTo(expected);
            }
        }
    }
}

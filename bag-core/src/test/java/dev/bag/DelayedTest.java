package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.function.CheckedSupplier;
import dev.bag.testing.Cuts;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import dev.bag.value.Pair;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Delayed values: computed once a run, from each other and from bags. */
class DelayedTest {

    @Test
    void callsAnswerWhatTheirFunctionsAnswer() {
        Delayed<Integer> two = Delayed.value(2);
        Delayed<Integer> three = Delayed.call(() -> 3);
        for (Runner runner : Runners.ALL) {
            assertThat(two.compute(runner)).isEqualTo(2);
            assertThat(three.compute(runner)).isEqualTo(3);
            assertThat(Delayed.call(n -> -n, two).compute(runner)).isEqualTo(-2);
            assertThat(Delayed.call((a, b) -> a * 10 + b, two, three).compute(runner))
                    .isEqualTo(23);
            assertThat(Delayed.call((a, b, c) -> "" + a + b + c, two, three, Delayed.value("x"))
                            .compute(runner))
                    .isEqualTo("23x");
            assertThat(two.map(n -> n + 0.5).compute(runner)).isEqualTo(2.5);
            assertThat(two.zip(three).compute(runner)).isEqualTo(Pair.of(2, 3));
            assertThat(Delayed.all(List.of(two, three, two)).compute(runner)).containsExactly(2, 3, 2);
            assertThat(Delayed.all(List.<Delayed<Integer>>of()).compute(runner)).isEmpty();
            assertThat(two.named("two").compute(runner)).isEqualTo(2);
            assertThat(two.computeAsync(runner).join()).isEqualTo(2);
        }
    }

    @Test
    void aValueMayBeNull() {
        AtomicInteger runs = new AtomicInteger();
        Delayed<Integer> nothing = Delayed.value(null);
        for (Runner runner : Runners.ALL) {
            assertThat(nothing.compute(runner)).isNull();
            assertThat(Delayed.call(() -> null).compute(runner)).isNull();
            assertThat(nothing.map(n -> n == null).compute(runner)).isTrue();
            assertThat(Delayed.run(runs::incrementAndGet).compute(runner)).isNull();
            assertThat(Delayed.all(List.of(nothing, Delayed.value(1))).compute(runner))
                    .isEqualTo(Arrays.asList(null, 1));
            assertThat(nothing.computeAsync(runner).join()).isNull();
        }
        assertThat(runs).hasValue(Runners.ALL.size());
    }

    @Test
    void functionsAreCalledWithDelayedValuesAndWithPlainOnes() {
        DelayedFunction<CharSequence, Integer> length = Delayed.function(CharSequence::length);
        DelayedFunction2<Integer, Number, Double> times = Delayed.function2((a, b) -> a * b.doubleValue());
        Delayed<String> word = Delayed.call(() -> "word");
        for (Runner runner : Runners.ALL) {
            assertThat(length.on("ab").compute(runner)).isEqualTo(2);
            assertThat(length.on(word).compute(runner)).isEqualTo(4);
            assertThat(times.on(3, 0.5).compute(runner)).isEqualTo(1.5);
            assertThat(times.on(length.on(word), length.on("ab")).compute(runner))
                    .isEqualTo(8);
            assertThat(length.on(word).zipWith(word, (n, w) -> w + n).compute(runner))
                    .isEqualTo("word4");
        }
        assertThatThrownBy(() -> Delayed.function(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Delayed.function2(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void aMapOfDelayedValuesKeepsItsOrder() {
        Map<String, Delayed<? extends Number>> delayed = new LinkedHashMap<>();
        delayed.put("two", Delayed.value(2));
        delayed.put("half", Delayed.call(() -> 0.5));
        delayed.put("none", Delayed.<Integer>value(null));
        Delayed<Map<String, Number>> all = Delayed.allOf(delayed);
        delayed.clear();
        for (Runner runner : Runners.ALL) {
            Map<String, Number> values = all.compute(runner);
            assertThat(values.keySet()).containsExactly("two", "half", "none");
            assertThat(values.values()).containsExactly(2, 0.5, null);
            assertThatThrownBy(() -> values.put("three", 3)).isInstanceOf(UnsupportedOperationException.class);
            assertThat(Delayed.allOf(Map.<String, Delayed<Integer>>of()).compute(runner))
                    .isEmpty();
        }
    }

    @Test
    @Tag("P1")
    void whatIsSharedIsComputedOnceARun() {
        AtomicInteger calls = new AtomicInteger();
        Delayed<Integer> shared = Delayed.call(calls::incrementAndGet);
        Delayed<Integer> left = shared.map(n -> n + 10);
        Delayed<Integer> right = shared.named("again").map(n -> n + 20);
        Delayed<Pair<Integer, Integer>> both = left.zip(right);
        for (Runner runner : Runners.ALL) {
            calls.set(0);
            assertThat(both.compute(runner)).isEqualTo(Pair.of(11, 21));
            Results results = Delayed.computeAll(runner, left, both, shared, shared, right);
            assertThat(results.get(left)).isEqualTo(12);
            assertThat(results.get(both)).isEqualTo(Pair.of(12, 22));
            assertThat(results.get(shared)).isEqualTo(2);
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void resultsPrintTheirValues() {
        assertThat(Delayed.computeAll(
                        Delayed.value(5L), Delayed.value(null), Bag.of("a", "b").topK(1)))
                .hasToString("Results[5, null, [b]]");
        assertThat(Delayed.computeAll()).hasToString("Results[]");
        assertThat(Delayed.computeAll(Delayed.value("x".repeat(1_000))).toString())
                .hasSizeLessThan(250);
    }

    @Test
    void whatWasNotComputedInARunIsNotAmongItsResults() {
        Delayed<Integer> one = Delayed.value(1);
        Delayed<Integer> two = Delayed.value(2).named("two");
        Results results = Delayed.computeAll(one);
        assertThat(results.get(one)).isEqualTo(1);
        assertThatThrownBy(() -> results.get(two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Delayed[two: value] was not computed in this run: pass it to computeAll");
        assertThatThrownBy(() -> Delayed.computeAll(Runners.ONE).get(one)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("P1")
    void whatSeveralResultsShareIsReadInOnePass() {
        List<Integer> records = IntStream.range(0, 100).boxed().toList();
        for (Runner runner : Runners.ALL) {
            for (ProbedSource<Integer> source :
                    List.of(ProbedSource.of(Cuts.parts(records, 7)), ProbedSource.pipelined(Cuts.parts(records, 7)))) {
                AtomicInteger parsed = new AtomicInteger();
                Bag<Integer> bag = Bag.from(source).peek(n -> parsed.incrementAndGet());
                Delayed<Long> count = bag.count();
                Delayed<Long> sum = bag.filter(n -> n % 2 == 0).sumLong(n -> n);
                Delayed<Long> keys = bag.countBy(n -> n % 10).entries().count();
                Delayed<List<Integer>> top = bag.topK(2);
                Results results = Delayed.computeAll(runner, count, sum, keys, top);
                assertThat(results.get(count)).isEqualTo(100);
                assertThat(results.get(sum)).isEqualTo(2450);
                assertThat(results.get(keys)).isEqualTo(10);
                assertThat(results.get(top)).containsExactly(99, 98);
                assertThat(source.probe().opened).hasValue(7);
                assertThat(parsed).hasValue(100);
                source.probe().assertClean();
            }
        }
    }

    @Test
    void bagsBuiltAlikeAreDifferentBags() {
        ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(List.of(1, 2), 1));
        Delayed<Long> one = Bag.from(source).count();
        Delayed<Long> other = Bag.from(source).count();
        Delayed.computeAll(Runners.TWO, one, other);
        assertThat(source.probe().opened).hasValue(2);
    }

    @Test
    void independentCallsRunAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        Delayed<Integer> meeting = Delayed.call(() -> {
            both.countDown();
            both.await();
            return 1;
        });
        Delayed<Integer> other = Delayed.call(() -> {
            both.countDown();
            both.await();
            return 2;
        });
        assertThat(meeting.zip(other).compute(Runners.TWO)).isEqualTo(Pair.of(1, 2));
    }

    @Test
    @Tag("P20")
    void aCallThatFailsIsNamedAndItsExceptionIsTheCause() {
        IOException refused = new IOException("refused");
        Delayed<Integer> failing = Delayed.<Integer>call(() -> {
                    throw refused;
                })
                .named("connect");
        for (Runner runner : Runners.ALL) {
            BagException failure = failure(() -> failing.map(n -> n + 1).compute(runner));
            assertThat(failure.operator()).isEqualTo("connect");
            assertThat(failure.getCause()).isSameAs(refused);
            assertThat(failure).hasMessage("call \"connect\" failed: IOException: refused\n  chain: connect > map");
            assertThatThrownBy(() -> failing.computeAsync(runner).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(BagException.class)
                    .hasRootCause(refused);
        }
    }

    @Test
    void valuesAndBagsDependOnEachOtherOverManyStages() {
        Bag<Long> numbers = Bag.range(0, 10, 3);
        Delayed<Long> sum = numbers.sumLong(n -> n);
        Bag<Long> shifted = numbers.mapWith(sum, (n, s) -> n + s);
        Delayed<Long> shiftedSum = shifted.sumLong(n -> n);
        Bag<Long> again = shifted.concat(numbers).mapWith(shiftedSum.map(s -> s * 2), (n, s) -> n - s);
        for (Runner runner : Runners.ALL) {
            assertThat(again.sumLong(n -> n).compute(runner)).isEqualTo(495 + 45 - 20 * 990);
        }
    }

    @Test
    void nullArgumentsAreRefusedWhenTheValueIsBuilt() {
        assertThatThrownBy(() -> Delayed.call((CheckedSupplier<Integer>) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("f");
        assertThatThrownBy(() -> Delayed.value(1).map(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("f");
        assertThatThrownBy(() -> Delayed.run(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("f");
        assertThatThrownBy(() -> Delayed.value(1).named(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("named(\" \"): the name must not be blank");
    }

    @Test
    void whatIsPersistedIsComputedOnce() {
        AtomicInteger calls = new AtomicInteger();
        Delayed<Integer> once = Delayed.call(calls::incrementAndGet).persist(Runners.TWO);
        assertThat(calls).hasValue(1);
        assertThat(once.map(n -> n + 1).compute(Runners.TWO)).isEqualTo(2);
        assertThat(once.compute(Runners.SEVEN)).isEqualTo(1);
        assertThat(calls).hasValue(1);
    }
}

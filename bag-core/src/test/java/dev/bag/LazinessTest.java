package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.fold.Folds;
import dev.bag.function.CheckedBiConsumer;
import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedBinaryOperator;
import dev.bag.function.CheckedConsumer;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedPredicate;
import dev.bag.function.CheckedSupplier;
import dev.bag.testing.Cuts;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Building runs nothing and checks everything that can be checked. */
class LazinessTest {

    @Test
    void nothingRunsUntilAnAction() {
        ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(List.of(1, 2, 3), 3));
        AtomicInteger called = new AtomicInteger();
        Bag<Integer> bag = Bag.from(source).map(n -> {
            called.incrementAndGet();
            return n;
        });
        Bag<?> built = bag.filter(n -> called.incrementAndGet() > 0)
                .concat(bag)
                .mapWith(bag.count(), (n, count) -> n)
                .mapPartitions(records -> records)
                .repartition(7)
                .sorted()
                .groupBy(n -> called.incrementAndGet())
                .mapValues(List::size)
                .values()
                .scan(Integer::sum)
                .limit(2)
                .distinct();
        Stream<?> stream = built.stream();
        assertThat(built.partitionCount()).isEqualTo(7);
        assertThat(built.toString()).isNotEmpty();
        assertThat(built.explain()).isNotEmpty();
        assertThat(built.partitions()).hasSize(7);
        assertThat(built.count().toString()).isNotEmpty();
        assertThat(built.count().explain()).isNotEmpty();
        stream.close();
        assertThat(called).hasValue(0);
        assertThat(source.probe().opened).hasValue(0);
    }

    @Test
    void eachActionRunsThePlanAfresh() {
        ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(List.of(1, 2, 3), 3));
        Bag<Integer> bag = Bag.from(source);
        bag.compute(Runners.TWO);
        bag.count().compute(Runners.TWO);
        assertThat(source.probe().opened).hasValue(6);
        source.probe().assertClean();
    }

    @Test
    void functionsThatAreNullAreRefusedWhenTheBagIsBuilt() {
        Bag<Integer> bag = Bag.of(1);
        Map<ThrowingCallable, String> calls = new LinkedHashMap<>();
        calls.put(() -> bag.map(null), "f");
        calls.put(() -> bag.mapNotNull(null), "f");
        calls.put(() -> bag.filter((CheckedPredicate<Integer>) null), "keep");
        calls.put(() -> bag.filterNot(null), "drop");
        calls.put(() -> bag.filter((Class<Integer>) null), "type");
        calls.put(() -> bag.cast(null), "type");
        calls.put(() -> bag.peek(null), "action");
        calls.put(() -> bag.flatMap((CheckedFunction<Integer, List<Integer>>) null), "f");
        calls.put(() -> bag.flatMapStream((CheckedFunction<Integer, Stream<Integer>>) null), "f");
        calls.put(() -> bag.mapMulti((CheckedBiConsumer<Integer, Consumer<Integer>>) null), "f");
        calls.put(() -> bag.mapWith(Delayed.value(1), null), "f");
        calls.put(() -> bag.mapWithResource(null, (resource, n) -> n), "open");
        calls.put(() -> bag.mapWithResource((CheckedSupplier<Integer>) () -> 1, null), "f");
        calls.put(() -> bag.mapPartitions((CheckedFunction<Iterator<Integer>, Iterator<Integer>>) null), "f");
        calls.put(
                () -> bag.mapPartitionsWithIndex(
                        (CheckedBiFunction<Integer, Iterator<Integer>, Iterator<Integer>>) null),
                "f");
        calls.put(() -> bag.zipWith(bag, null), "f");
        calls.put(() -> bag.scan(null), "op");
        calls.put(() -> bag.scan(null, (Integer a, Integer n) -> a), "initial");
        calls.put(() -> bag.scan(1, null), "op");
        calls.put(() -> bag.takeWhile(null), "keep");
        calls.put(() -> bag.keyBy(null), "f");
        calls.put(() -> bag.groupBy(null), "f");
        calls.put(() -> bag.foldBy(null, Folds.counting()), "f");
        calls.put(() -> bag.foldBy(n -> n, null), "fold");
        calls.put(() -> bag.countBy(null), "f");
        calls.put(() -> bag.distinctBy(null), "f");
        calls.put(() -> bag.sorted(null), "comparator");
        calls.put(() -> bag.sortBy((CheckedFunction<Integer, Integer>) null), "f");
        calls.put(() -> bag.fold(null), "fold");
        calls.put(() -> bag.reduce((CheckedBinaryOperator<Integer>) null), "op");
        calls.put(() -> bag.anyMatch(null), "predicate");
        calls.put(() -> bag.allMatch(null), "predicate");
        calls.put(() -> bag.noneMatch(null), "predicate");
        calls.put(() -> bag.forEach((CheckedConsumer<Integer>) null), "action");
        calls.put(() -> bag.forEachPartition((CheckedConsumer<Iterator<Integer>>) null), "action");
        calls.put(() -> bag.keyBy(n -> n).mapValues(null), "f");
        calls.put(() -> bag.keyBy(n -> n).mapEntries(null), "f");
        calls.put(() -> bag.keyBy(n -> n).filterKeys(null), "keep");
        calls.put(() -> bag.keyBy(n -> n).filterValues(null), "keep");
        calls.put(() -> bag.keyBy(n -> n).foldValues(null), "fold");
        calls.put(() -> bag.keyBy(n -> n).reduceValues(null), "op");
        calls.forEach((call, name) -> assertThatThrownBy(call)
                .isInstanceOf(NullPointerException.class)
                .hasMessage(name));
    }

    @Test
    void otherArgumentsThatAreNullAreRefusedWhenTheBagIsBuilt() {
        Bag<Integer> bag = Bag.of(1);
        List<ThrowingCallable> calls = List.of(
                () -> bag.concat(null),
                () -> bag.zip(null),
                () -> bag.product(null),
                () -> bag.named(null),
                () -> bag.through(null),
                () -> bag.mapWith(null, (n, value) -> n),
                () -> bag.topK(1, (Comparator<Integer>) null),
                () -> bag.bottomK(1, (Comparator<Integer>) null),
                () -> bag.min(null),
                () -> bag.max(null),
                () -> bag.sum(null),
                () -> bag.sumLong(null),
                () -> bag.mean(null),
                () -> bag.stats(null),
                () -> bag.collect(null),
                () -> bag.compute(null),
                () -> Bag.concatAll(null),
                () -> Bag.flatten(null),
                () -> Delayed.all(null));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(NullPointerException.class));
    }

    @Test
    void aBlankNameIsRefusedWhenTheBagIsBuilt() {
        assertThatThrownBy(() -> Bag.of(1).named(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("named(\" \"): the name must not be blank");
    }

    @Test
    void throughAnswersWhatTheFunctionAnswers() {
        Bag<Integer> bag = Bag.of(1, 2);
        assertThat(bag.<Bag<Integer>>through(same -> same)).isSameAs(bag);
        assertThat(bag.<Delayed<Long>>through(Bag::count).compute()).isEqualTo(2);
        assertThat(bag.<Object>through(same -> null)).isNull();
    }

    @Test
    void aRunnerNeedsAThread() {
        assertThatThrownBy(() -> Runner.local().threads(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads(0): at least 1 is needed");
    }
}

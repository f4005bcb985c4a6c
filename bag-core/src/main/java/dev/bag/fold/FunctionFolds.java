package dev.bag.fold;

import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedBinaryOperator;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedSupplier;
import java.util.Objects;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** Folds made of what a user has: functions, or a collector of the JDK. */
final class FunctionFolds {

    private FunctionFolds() {}

    /** A fold made of four functions. */
    record FunctionFold<T, A extends @Nullable Object, R extends @Nullable Object>(
            CheckedSupplier<? extends A> makeZero,
            CheckedBiFunction<? super A, ? super T, ? extends A> addOne,
            CheckedBinaryOperator<A> mergeTwo,
            CheckedFunction<? super A, ? extends R> toResult)
            implements Fold<T, A, R> {

        FunctionFold {
            Objects.requireNonNull(makeZero, "zero");
            Objects.requireNonNull(addOne, "add");
            Objects.requireNonNull(mergeTwo, "merge");
            Objects.requireNonNull(toResult, "finish");
        }

        @Override
        public A zero() {
            return makeZero.get();
        }

        @Override
        public A add(A accumulator, T record) {
            return addOne.apply(accumulator, record);
        }

        @Override
        public A merge(A left, A right) {
            return mergeTwo.apply(left, right);
        }

        @Override
        public R finish(A accumulator) {
            return toResult.apply(accumulator);
        }
    }

    /** A JDK collector as a fold. It is sent to another JVM only if the collector can be. */
    record CollectorFold<T, A extends @Nullable Object, R extends @Nullable Object>(
            Collector<? super T, A, ? extends R> collector) implements Fold<T, A, R> {

        CollectorFold {
            Objects.requireNonNull(collector, "collector");
        }

        @Override
        public A zero() {
            return collector.supplier().get();
        }

        @Override
        public A add(A accumulator, T record) {
            collector.accumulator().accept(accumulator, record);
            return accumulator;
        }

        @Override
        public A merge(A left, A right) {
            return collector.combiner().apply(left, right);
        }

        @Override
        public R finish(A accumulator) {
            return collector.finisher().apply(accumulator);
        }
    }
}

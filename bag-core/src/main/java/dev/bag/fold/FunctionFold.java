package dev.bag.fold;

import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedBinaryOperator;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedSupplier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

package dev.bag.run.end;

import dev.bag.fold.Fold;
import dev.bag.kernel.FoldSink;
import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import dev.bag.plan.Folded;
import dev.bag.run.wire.Untyped;
import org.jspecify.annotations.Nullable;

/** Ends in a fold, whose result is a value. */
public final class FoldEnd extends StageEnd<@Nullable Object> {

    private final Fold<Object, @Nullable Object, ?> fold;
    private final Cell result;
    private final FoldSink.Decided decided = new FoldSink.Decided();

    /** An end in {@code value}, whose result comes into {@code result}. */
    public FoldEnd(Folded<?, ?, ?> value, Operator operator, Cell result) {
        super(operator, result);
        this.fold = Untyped.fold(value.fold());
        this.result = result;
    }

    @Override
    public Sink newSink(Place place) {
        return new FoldSink(place, fold, decided);
    }

    @Override
    @Nullable Object partial(Sink sink) {
        return ((FoldSink) sink).accumulator();
    }

    @Override
    @Nullable Object merge(@Nullable Object left, @Nullable Object right) throws Throwable {
        try {
            return fold.merge(left, right);
        } catch (Throwable e) {
            throw OperatorFailure.of(operator(), null, e);
        }
    }

    @Override
    public void completed() throws Throwable {
        try {
            result.set(fold.finish(decided.orElse(merged().whole())));
        } catch (Throwable e) {
            throw OperatorFailure.of(operator(), null, e);
        }
    }
}

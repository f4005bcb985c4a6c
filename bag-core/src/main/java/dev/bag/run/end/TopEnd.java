package dev.bag.run.end;

import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.function.CheckedFunction;
import dev.bag.kernel.FoldSink;
import dev.bag.kernel.Keys;
import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import dev.bag.plan.Sorted;
import dev.bag.run.wire.Untyped;
import dev.bag.value.Pair;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends in the first records of a sort, in the partitions that they have among all, which are counted for that. */
final class TopEnd extends StageEnd<@Nullable Object> {

    private final int most;
    private final Fold<Object, @Nullable Object, ?> fold;
    private final FoldSink.Decided never = new FoldSink.Decided();
    private final TopOutput output;

    TopEnd(Sorted<?, ?> sorted, Operator operator, TopOutput output) {
        super(operator, output);
        this.most = Math.toIntExact(sorted.most());
        this.fold = Untyped.fold(first(sorted, most));
        this.output = output;
    }

    /** The first records, each in a pair behind its key if it has one, and how many there are. */
    private static Fold<Object, ?, ?> first(Sorted<?, ?> sorted, int most) {
        Fold<Object, ?, ?> first =
                Folds.both(Folds.topK(most, Collections.reverseOrder(Untyped.order(sorted))), Folds.counting());
        CheckedFunction<?, ?> key = sorted.key();
        if (key == null) {
            return first;
        }
        CheckedFunction<Object, ?> function = Untyped.function(key);
        return Folds.mapping(record -> new Pair<>(Keys.notNull(function.applyChecked(record)), record), first);
    }

    @Override
    public Sink newSink(Place place) {
        return new FoldSink(place, fold, never);
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
            cut((Pair<?, ?>) fold.finish(merged().whole()));
        } catch (Throwable e) {
            throw OperatorFailure.of(operator(), null, e);
        }
    }

    private void cut(Pair<?, ?> firstAndCount) {
        output.set((Long) firstAndCount.second(), ((List<?>) firstAndCount.first()).toArray());
    }
}

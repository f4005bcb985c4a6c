package dev.bag.lower;

import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.function.CheckedConsumer;
import dev.bag.kernel.FoldSink;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Place;
import dev.bag.kernel.RecordsPart;
import dev.bag.kernel.Sink;
import dev.bag.plan.Folded;
import dev.bag.plan.Plan;
import dev.bag.plan.Sorted;
import dev.bag.source.Part;
import dev.bag.value.Pair;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ends in a fold, whose result is handed to a callback. */
final class FoldTerminal extends Terminal<@Nullable Object> {

    private final String verb;
    private final Fold<Object, @Nullable Object, ?> fold;
    private final CheckedConsumer<@Nullable Object> result;
    private final FoldSink.Decided decided = new FoldSink.Decided();

    private FoldTerminal(
            Plan<?> input,
            Operator operator,
            Produced output,
            String verb,
            Fold<Object, @Nullable Object, ?> fold,
            CheckedConsumer<@Nullable Object> result) {
        super(input, operator, output);
        this.verb = verb;
        this.fold = fold;
        this.result = result;
    }

    /** A fold whose result is a value. */
    FoldTerminal(Folded<?, ?, ?> value, Operator operator, Cell result) {
        this(value.input(), operator, result, "fold into", Untyped.fold(value.fold()), result::set);
    }

    /** The first records of a sort, and how many there are in all, which says in which partitions they are. */
    static FoldTerminal top(Sorted<?> sorted, Operator operator, Top output) {
        int most = Math.toIntExact(sorted.most());
        Fold<Object, @Nullable Object, ?> fold = Untyped.fold(Folds.both(
                Folds.topK(most, Collections.reverseOrder(Untyped.comparator(sorted.comparator()))), Folds.counting()));
        return new FoldTerminal(
                sorted.input(), operator, output, "keep the first " + most + " for", fold, result -> output.set(
                        (Pair<?, ?>) Objects.requireNonNull(result)));
    }

    /** The first records of a sort, cut evenly into the partitions that all its records would have. */
    static final class Top extends Produced {

        private final int partitionCount;
        private long count;
        private Object[] first = {};

        Top(int partitionCount) {
            this.partitionCount = partitionCount;
        }

        private void set(Pair<?, ?> firstAndCount) {
            first = ((List<?>) firstAndCount.first()).toArray();
            count = (Long) firstAndCount.second();
        }

        List<Part<?>> parts() {
            return new AbstractList<>() {
                @Override
                public Part<?> get(int partition) {
                    return new RecordsPart<>(first, start(partition), start(partition + 1));
                }

                @Override
                public int size() {
                    return partitionCount;
                }
            };
        }

        private int start(int partition) {
            return (int) Math.min(count * partition / partitionCount, first.length);
        }
    }

    @Override
    String verb() {
        return verb;
    }

    /** Whether records may come after which no further one changes the result. */
    boolean isDecidable() {
        return fold instanceof FoldSink.Decidable;
    }

    /** Whether the records before {@code position} have decided the result. */
    boolean isDecidedBefore(long position) {
        return decided.isBefore(position);
    }

    @Override
    Sink newSink(Place place) {
        return new FoldSink(place, fold, decided);
    }

    @Override
    @Nullable Object partial(Sink sink) {
        return ((FoldSink) sink).accumulator();
    }

    @Override
    @Nullable Object merge(@Nullable Object left, @Nullable Object right) throws Throwable {
        return fold.merge(left, right);
    }

    @Override
    void complete() throws Throwable {
        result.acceptChecked(fold.finish(decided.isDecided() ? decided.accumulator() : merged().whole()));
    }
}

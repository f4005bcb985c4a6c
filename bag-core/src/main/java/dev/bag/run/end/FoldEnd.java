package dev.bag.run.end;

import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.function.CheckedConsumer;
import dev.bag.function.CheckedFunction;
import dev.bag.kernel.EvenCut;
import dev.bag.kernel.FoldSink;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.RecordsPart;
import dev.bag.kernel.Sink;
import dev.bag.key.Keys;
import dev.bag.plan.Sorted;
import dev.bag.plan.Value.Folded;
import dev.bag.run.end.Produced.Cell;
import dev.bag.run.wire.Untyped;
import dev.bag.source.Part;
import dev.bag.value.Pair;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ends in a fold, whose result is handed to a callback. */
public final class FoldEnd extends StageEnd<@Nullable Object> {

    private final Fold<Object, @Nullable Object, ?> fold;
    private final CheckedConsumer<@Nullable Object> result;
    private final FoldSink.Shared shared;

    private FoldEnd(
            Operator operator,
            Produced output,
            Fold<Object, @Nullable Object, ?> fold,
            CheckedConsumer<@Nullable Object> result) {
        super(operator, output);
        this.fold = fold;
        this.result = result;
        this.shared = new FoldSink.Shared(fold);
    }

    /** A fold whose result is a value. */
    public FoldEnd(Folded<?, ?, ?> value, Operator operator, Cell result) {
        this(operator, result, Untyped.fold(value.fold()), result::set);
    }

    /** The first records of a sort, and how many there are in all, which says in which partitions they are. */
    static FoldEnd top(Sorted<?, ?> sorted, Operator operator, Top output) {
        return new FoldEnd(
                operator,
                output,
                Untyped.fold(first(sorted)),
                result -> output.set((Pair<?, ?>) Objects.requireNonNull(result)));
    }

    /** The first records, each in a pair behind its key if it has one, and how many there are. */
    private static Fold<Object, ?, ?> first(Sorted<?, ?> sorted) {
        int most = Math.toIntExact(sorted.most());
        Fold<Object, ?, ?> first =
                Folds.both(Folds.topK(most, Collections.reverseOrder(Untyped.order(sorted))), Folds.counting());
        CheckedFunction<?, ?> key = sorted.key();
        if (key == null) {
            return first;
        }
        CheckedFunction<Object, ?> function = Untyped.function(key);
        return Folds.mapping(record -> new Pair<>(Keys.notNull(function.applyChecked(record)), record), first);
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
            return (int) Math.min(new EvenCut(count, partitionCount).begin(partition), first.length);
        }
    }

    /** Whether records may come after which no further one changes the result. */
    public boolean isDecidable() {
        return shared.isDecidable();
    }

    /** Whether the records before {@code position} have decided the result. */
    public boolean isDecidedBefore(long position) {
        return shared.isDecidedBefore(position);
    }

    @Override
    public Sink newSink(Place place) {
        return new FoldSink(place, shared);
    }

    /** Returns what has come to {@code sink}, whose neighbours are elsewhere. */
    public static @Nullable Object accumulator(Sink sink) {
        return ((FoldSink) sink).accumulator();
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
        result.acceptChecked(fold.finish(shared.isDecided() ? shared.accumulator() : merged().whole()));
    }
}

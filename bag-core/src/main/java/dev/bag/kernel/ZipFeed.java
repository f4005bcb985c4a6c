package dev.bag.kernel;

import dev.bag.function.CheckedBiFunction;
import dev.bag.value.Location;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pushes what a function makes of the records that come in at two ports, one of each at a time. */
public final class ZipFeed extends Feed {

    private final Operator operator;
    private final CheckedBiFunction<Object, Object, ?> function;
    private final int partition;
    private final int partitionCount;
    private final Port left;
    private final Port right;
    private long count;

    /** A feed of partition {@code partition}, from 0. */
    public ZipFeed(
            Operator operator,
            CheckedBiFunction<Object, Object, ?> function,
            int partition,
            int partitionCount,
            Port left,
            Port right,
            Sink sink) {
        super(sink);
        this.operator = operator;
        this.function = function;
        this.partition = partition;
        this.partitionCount = partitionCount;
        this.left = left;
        this.right = right;
    }

    @Override
    protected boolean pushNext() throws Throwable {
        @Nullable Object a = left.pull();
        @Nullable Object b = right.pull();
        if (a == null || b == null) {
            if (a != b) {
                throw OperatorFailure.in(operator, partition, partitionCount, null, unequal(a == null));
            }
            return false;
        }
        Object zipped;
        try {
            zipped = Steps.notNull(function.applyChecked(a, b));
        } catch (Throwable e) {
            Throwable failure = OperatorFailure.in(operator, partition, partitionCount, a, e);
            if (failure instanceof OperatorFailure known) {
                known.locate(location());
            }
            throw failure;
        }
        count++;
        sink().accept(zipped);
        return true;
    }

    private IllegalStateException unequal(boolean leftEnded) {
        return new IllegalStateException("partition " + (partition + 1) + " of " + partitionCount + ": the "
                + (leftEnded ? "first" : "second") + " bag ends after " + count + " records, the "
                + (leftEnded ? "second" : "first") + " has more; nothing is dropped silently."
                + " Bags that are zipped must be partitioned alike");
    }

    @Override
    protected Optional<Location> location() {
        return left.location();
    }

    @Override
    protected void inputNotWanted() {
        left.cancel();
        right.cancel();
    }
}

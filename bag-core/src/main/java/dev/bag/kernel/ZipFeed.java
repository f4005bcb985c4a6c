package dev.bag.kernel;

import dev.bag.function.CheckedBiFunction;
import dev.bag.kernel.Operator.Place;
import dev.bag.value.Location;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pushes what a function makes of the records that come in at two ports, one of each at a time. */
public final class ZipFeed extends Feed {

    private final Place place;
    private final CheckedBiFunction<Object, Object, ?> function;
    private final Port left;
    private final Port right;
    private long count;

    /** A feed that takes from both ports, once the driver has let the feeds behind them fill them. */
    public ZipFeed(
            Place place, CheckedBiFunction<Object, Object, ?> function, Port left, Port right, Sink sink, Skips skips) {
        super(sink, skips, true);
        this.place = place;
        this.function = function;
        this.left = left;
        this.right = right;
        left.leadsTo(sink);
        right.leadsTo(sink);
    }

    @Override
    protected @Nullable Feed input() {
        Feed behindLeft = left.needs();
        return behindLeft == null ? right.needs() : behindLeft;
    }

    @Override
    protected Progress pushNext() throws Throwable {
        @Nullable Object a = left.poll();
        @Nullable Object b = right.poll();
        if (a == null || b == null) {
            if (a != b) {
                throw place.failure(null, unequal(a == null));
            }
            return Progress.ENDED;
        }
        Object zipped;
        try {
            zipped = Steps.notNull(function.applyChecked(a, b));
        } catch (Throwable e) {
            OperatorFailure failure = place.failure(a, e);
            failure.locate(this::location);
            throw failure;
        }
        count++;
        sink().accept(zipped);
        return Progress.NEXT;
    }

    private IllegalStateException unequal(boolean leftEnded) {
        return new IllegalStateException("the "
                + (leftEnded ? "first" : "second") + " bag ends after " + count + " records, the "
                + (leftEnded ? "second" : "first") + " has more; nothing is dropped silently."
                + " Bags that are zipped must be partitioned alike");
    }

    @Override
    protected Port locatedBy() {
        return left;
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

package dev.bag.run.end;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The value of one node in one run. Set by the batch that computes it, read by batches that follow that one. */
public final class Cell extends Produced implements Supplier<@Nullable Object> {

    private @Nullable Object value;
    private boolean set;

    /** Sets the value. */
    public void set(@Nullable Object newValue) {
        value = newValue;
        set = true;
    }

    @Override
    public @Nullable Object get() {
        if (!set) {
            throw new IllegalStateException("the value is not there yet");
        }
        return value;
    }
}

package dev.bag.trait;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The elements of an iterator, and the failure that comes behind them. */
record MadeElements<R>(
        Iterator<? extends R> iterator, @Nullable Throwable failure) implements Expander.Elements<R> {

    @Override
    public boolean hasNext() throws Throwable {
        if (iterator.hasNext()) {
            return true;
        }
        if (failure != null) {
            throw failure;
        }
        return false;
    }

    @Override
    public R next() {
        return iterator.next();
    }
}

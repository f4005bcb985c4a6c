package dev.bag.kernel;

import dev.bag.function.CheckedFunction;

/** Spreads records by key. */
public final class SpreadSink implements Sink {

    private final Place place;
    private final CheckedFunction<Object, ?> key;
    private final Rope[] ropes;

    /** A sink that spreads over {@code targets}. */
    public SpreadSink(Place place, CheckedFunction<Object, ?> key, int targets) {
        this.place = place;
        this.key = key;
        this.ropes = new Rope[targets];
        for (int target = 0; target < targets; target++) {
            ropes[target] = new Rope();
        }
    }

    @Override
    public void accept(Object record) throws Throwable {
        int target;
        try {
            target = StableHash.target(Keys.notNull(key.applyChecked(record)), ropes.length);
        } catch (Throwable e) {
            throw place.failure(record, e);
        }
        ropes[target].add(record);
    }

    /** The records of each target, in the order in which they came. */
    public Rope[] ropes() {
        return ropes;
    }
}

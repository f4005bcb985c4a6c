package dev.bag.shuffle.gather;

import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.EntryStore;

/**
 * The entries of complete {@link Doubles}, in another order. They become objects when they are asked for.
 *
 * @param order the number of the entry at each place
 */
record DoublesStore(Doubles all, int[] order) implements EntryStore, EntryCursor.Later {

    @Override
    public Shape shape() {
        return Shape.KEYED;
    }

    @Override
    public boolean arePacked() {
        return true;
    }

    @Override
    public void read(int at, EntryCursor into) {
        into.set(this, order[at], 0);
    }

    @Override
    public void clear(int at) {}

    @Override
    public Object key(int place) {
        return all.key(place);
    }

    @Override
    public Object value(int place) {
        return all.accumulator(place);
    }
}

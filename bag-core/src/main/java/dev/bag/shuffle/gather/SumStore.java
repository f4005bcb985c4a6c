package dev.bag.shuffle.gather;

import dev.bag.key.KeyTable;
import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.EntryStore;
import dev.bag.trait.Traits.LongSum;

/**
 * The entries of a sealed {@link SumTable}; keys and accumulators of short texts are made when they are read.
 *
 * @param order the entry at each place: a text by its number, another one by the complement
 */
record SumStore(LongSum<Object, Object> sum, ShortTexts texts, KeyTable others, int[] order) implements EntryStore {

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
        int entry = order[at];
        if (entry >= 0) {
            into.set(texts.text(entry), sum.plus(sum.zero(), texts.sum(entry)), 0);
        } else {
            into.set(others.key(~entry), others.value(~entry), 0);
        }
    }

    @Override
    public void clear(int at) {
        if (order[at] < 0) {
            others.clear(~order[at]);
        }
    }
}

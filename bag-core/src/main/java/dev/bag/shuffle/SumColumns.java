package dev.bag.shuffle;

import dev.bag.kernel.KeyTable;
import dev.bag.plan.Shape;
import dev.bag.trait.LongSum;

/**
 * The entries of a sealed {@link SumTable}; keys and accumulators of short texts are made when they are read.
 *
 * @param order the entry at each place: a text by its number, another one by the complement
 */
record SumColumns(LongSum<Object, Object> sum, ShortTexts texts, KeyTable others, int[] order) implements Columns {

    @Override
    public Shape shape() {
        return Shape.KEYED;
    }

    @Override
    public boolean arePacked() {
        return true;
    }

    @Override
    public void read(int at, Entries into) {
        int entry = order[at];
        if (entry >= 0) {
            into.key = texts.text(entry);
            into.value = sum.plus(sum.zero(), texts.sum(entry));
        } else {
            into.key = others.key(~entry);
            into.value = others.value(~entry);
        }
    }

    @Override
    public void clear(int at) {
        if (order[at] < 0) {
            others.clear(~order[at]);
        }
    }
}

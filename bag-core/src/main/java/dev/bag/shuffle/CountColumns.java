package dev.bag.shuffle;

import dev.bag.kernel.KeyTable;
import java.util.Objects;

/**
 * The entries of a sealed {@link CountTable}; keys and accumulators of short texts are made when they are read.
 *
 * @param order the entry at each place: a text by its number, another one by the complement
 */
record CountColumns(ShortTexts texts, KeyTable others, int[] order) implements Columns {

    /** Takes a key and its count. */
    @FunctionalInterface
    interface Taker {

        /** Takes one. */
        void take(Object key, long times);
    }

    static long[] tally(KeyTable others, int entry) {
        return (long[]) Objects.requireNonNull(others.value(entry));
    }

    static void give(ShortTexts texts, KeyTable others, int entry, Taker to) {
        if (entry >= 0) {
            to.take(texts.text(entry), texts.times(entry));
        } else {
            to.take(others.key(~entry), tally(others, ~entry)[0]);
        }
    }

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
        give(texts, others, order[at], (key, times) -> {
            into.key = key;
            into.value = new long[] {times};
        });
    }

    @Override
    public void clear(int at) {
        if (order[at] < 0) {
            others.clear(~order[at]);
        }
    }
}

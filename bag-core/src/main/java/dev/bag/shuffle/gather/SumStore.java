package dev.bag.shuffle.gather;

import dev.bag.key.InlineKey;
import dev.bag.key.KeyTable;
import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.EntryStore;
import dev.bag.trait.Traits.LongSum;
import org.jspecify.annotations.Nullable;

/**
 * The entries of sealed {@link Sums}. Those that are numbers become objects when they are asked for.
 *
 * @param numbers the key of each such entry, and its sum
 * @param places where in {@code numbers} each entry is, or the complement of its number among the others; null where
 *     there are no others
 * @param ranks the rank of each entry, as its tag; null where entries have none
 */
record SumStore(
        LongSum<Object, Object> sum, long[] numbers, KeyTable others, int @Nullable [] places, long @Nullable [] ranks)
        implements EntryStore, EntryCursor.Later {

    /** How many numbers an entry has. */
    static final int WIDTH = 3;

    private static final int SUM = 2;

    @Override
    public Shape shape() {
        return new Shape(true, ranks != null);
    }

    @Override
    public boolean arePacked() {
        return true;
    }

    @Override
    public void read(int at, EntryCursor into) {
        int place = place(at);
        long rank = ranks == null ? 0 : ranks[at];
        if (place >= 0) {
            into.set(this, place, rank);
        } else {
            into.set(others.key(~place), others.value(~place), rank);
        }
    }

    private int place(int at) {
        return places == null ? at * WIDTH : places[at];
    }

    @Override
    public void clear(int at) {
        if (place(at) < 0) {
            others.clear(~place(at));
        }
    }

    @Override
    public Object key(int place) {
        return InlineKey.key(numbers[place], numbers[place + 1]);
    }

    @Override
    public Object value(int place) {
        return sum.plus(sum.zero(), number(place));
    }

    long first(int place) {
        return numbers[place];
    }

    long second(int place) {
        return numbers[place + 1];
    }

    long number(int place) {
        return numbers[place + SUM];
    }
}

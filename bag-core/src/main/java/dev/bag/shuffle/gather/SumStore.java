package dev.bag.shuffle.gather;

import dev.bag.key.KeyTable;
import dev.bag.key.TextArena;
import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.EntryStore;
import dev.bag.trait.Traits.LongSum;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The entries of complete {@link Sums}. Those that are numbers become objects when they are asked for.
 *
 * @param numbers of each entry the key, in two numbers, and the sum; or the number of it among the others, and 0
 * @param texts the long texts among the keys that are numbers
 * @param ranks the rank of each entry, as its tag; null where entries have none
 */
public record SumStore(
        LongSum<Object, Object> sum, long[] numbers, TextArena texts, KeyTable others, long @Nullable [] ranks)
        implements EntryStore, EntryCursor.Later {

    /** How many numbers an entry has. */
    static final int WIDTH = 3;

    private static final int SUM = 2;

    /** Returns how many entries there are. */
    public int count() {
        return numbers.length / WIDTH;
    }

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
        if (place >= 0) {
            into.set(this, place, rank(at));
        } else {
            into.set(other(place), otherValue(place), rank(at));
        }
    }

    /** Returns the rank of an entry; 0 where entries have none. */
    public long rank(int entry) {
        return ranks == null ? 0 : ranks[entry];
    }

    /** Where the numbers of an entry are, or the complement of its number among the others. */
    int place(int at) {
        return numbers[at * WIDTH + 1] == 0 ? ~(int) numbers[at * WIDTH] : at * WIDTH;
    }

    /** The key of one of the others, which is at {@code place}. */
    Object other(int place) {
        return others.key(~place);
    }

    @Nullable Object otherValue(int place) {
        return others.value(~place);
    }

    /** Returns the key of an entry. */
    public Object keyOf(int entry) {
        int place = place(entry);
        return place >= 0 ? key(place) : other(place);
    }

    /** Returns whether the sum of an entry is {@code wanted}, or is not a number here. */
    public boolean isWanted(int entry, LongPredicate wanted) {
        int place = place(entry);
        return place < 0 || wanted.test(number(place));
    }

    /** Returns the accumulator of an entry, which is given up with its key. */
    public Object take(int entry) {
        int place = place(entry);
        if (place >= 0) {
            return value(place);
        }
        Object accumulator = Objects.requireNonNull(otherValue(place));
        others.clear(~place);
        return accumulator;
    }

    @Override
    public void clear(int at) {
        if (place(at) < 0) {
            others.clear(~place(at));
        }
    }

    @Override
    public Object key(int place) {
        return texts.key(numbers[place], numbers[place + 1]);
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

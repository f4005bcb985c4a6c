package dev.bag.trait;

import dev.bag.function.CheckedFunction;
import dev.bag.value.Pair;
import org.jspecify.annotations.Nullable;

/** What a fold, a function, a comparator, a part or an object can tell the engine about itself. */
public final class Traits {

    private Traits() {}

    /** A fold that can be decided before all records are seen, such as that of {@code anyMatch}. */
    public interface Decidable {

        /** Returns whether no further record changes the result. */
        boolean isDecidedBy(@Nullable Object accumulator);
    }

    /**
     * A fold that adds up a long of each record, exactly. The engine may add the numbers up itself, some of them at a
     * time and in any order, and add their sums to an accumulator: the same comes out. Its result is that sum, as a {@link Long}.
     *
     * @param <T> the records
     * @param <A> the accumulator
     */
    public interface LongSum<T, A extends @Nullable Object> {

        /** The number of a record. */
        long number(T record);

        /** A new accumulator of no numbers. */
        A zero();

        /** The accumulator of what {@code accumulator} has seen and of {@code number}; it may be the same object. */
        A plus(A accumulator, long number);

        /** The accumulator of what both have seen; it may be either object. */
        A merge(A left, A right);

        /** Whether what {@code accumulator} has seen is a long. */
        boolean isLong(A accumulator);

        /** What {@code accumulator} has seen, if that is a long. */
        long toLong(A accumulator);

        /** Whether the number of each record is 1, whatever the record is. */
        default boolean onlyCounts() {
            return false;
        }
    }

    /**
     * A fold whose accumulators are arrays of so many doubles. The engine may keep those of many keys behind each other in
     * one array.
     *
     * @param <T> the records
     */
    public interface InDoubles<T> {

        /** How many doubles an accumulator has. */
        int width();

        /** Makes doubles from an index on, which are 0, an accumulator of no records. */
        void begin(double[] numbers, int at);

        /** Adds a record to the accumulator that begins at an index. */
        void add(double[] numbers, int at, T record);

        /** Adds what the accumulator at {@code rightAt} has seen, which comes behind, to the one at {@code at}. */
        void merge(double[] left, int at, double[] right, int rightAt);
    }

    /**
     * A fold of entries that, if their values are longs, does not want those below some number. The engine need not make the
     * others, then.
     *
     * @param <A> the accumulator
     */
    public interface WithFloor<A extends @Nullable Object> {

        /** Returns whether it is so, of this fold; else all entries are wanted. */
        boolean hasFloor();

        /** Returns whether an entry with that value may change the result, after what {@code accumulator} has seen. */
        boolean wantsValue(A accumulator, long value);
    }

    /** A comparator of entries by which those come first whose values are larger, in the natural order of values. */
    public interface LargestValueFirst {}

    /**
     * A fold of which it is known what its accumulators refer to. Of any other one it is not: they may refer to all records,
     * and to parts of them.
     */
    public interface Retaining {

        /** What accumulators refer to. */
        enum Retained {
            /** Neither records nor parts of them. */
            NOTHING,
            /** {@linkplain Copies Copies} of records, and nothing else of them. */
            COPIES,
            /** It is not known. */
            ANYTHING
        }

        /** Returns what accumulators refer to. */
        Retained retained();

        /** Returns what the accumulators of {@code fold} refer to. */
        static Retained by(Object fold) {
            return fold instanceof Retaining known ? known.retained() : Retained.ANYTHING;
        }
    }

    /** A fold that keeps neither records nor parts of them. */
    public interface RetainsNothing extends Retaining {

        @Override
        default Retained retained() {
            return Retained.NOTHING;
        }
    }

    /** A fold that keeps {@linkplain Copies copies} of records only. */
    public interface RetainsCopies extends Retaining {

        @Override
        default Retained retained() {
            return Retained.COPIES;
        }
    }

    /**
     * A fold whose messages name partitions. Its accumulators may remember the partition that they were begun in; its
     * results must not depend on it.
     *
     * @param <A> the accumulator
     */
    public interface PartitionNumbered<A extends @Nullable Object> {

        /** Returns a new accumulator of no records, for records of partition {@code partition}, from 0. */
        A zero(int partition);
    }

    /**
     * A function of entries or an {@link Expander} that returns only entries with the very key of the one it was given,
     * so that they lie where they belong if that one did.
     */
    public interface KeepsKeys {}

    /** The key of an entry: a class of its own, so that rules know that two shuffles are by the same key. */
    public record EntryKey<K, V>() implements CheckedFunction<Pair<K, V>, K> {

        @Override
        public K applyChecked(Pair<K, V> entry) {
            return entry.first();
        }
    }

    /**
     * What a comparator that is the natural order of a key of each record says besides: the key, so that most records
     * can be told apart by a number made of it.
     */
    public interface KeyOrder {

        /** The key by whose natural order {@code record} is sorted. */
        Object keyOf(Object record);

        /** The order of two keys. */
        int compareKeys(Object left, Object right);
    }

    /**
     * Marks a part whose next record may take any time to come, because code of the user makes it as it is asked: what
     * is there already must not wait for it.
     */
    public interface Live {}

    /** Marks a part whose records are there, or take no longer to make than to hand to another thread. */
    public interface AtHand {}

    /**
     * An object whose contents are on disk already and stay there for as long as the object can be reached, such as a
     * group larger than the memory. It counts as taking no memory worth mentioning, and a record that refers to it is
     * written with a number in its place, for which reading the record finds the same object again.
     */
    public interface OnDisk {}
}

package dev.bag.shuffle.gather;

import dev.bag.fold.Fold;
import dev.bag.key.KeyTable;
import dev.bag.memory.SizeSampler;
import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.trait.Traits.InDoubles;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The accumulators of a fold {@linkplain InDoubles in doubles} for each key, in the order in which keys were first seen: all
 * in one array, so that an accumulator is an object only once it is handed out.
 */
public final class Doubles {

    private static final int FIRST_CAPACITY = 8;
    private static final int OVERHEAD = 40;

    private final InDoubles<Object> fold;
    private final int width;
    private final int expected;
    private final KeyTable keys;
    private double[] numbers;
    private final KeyCheck keyCheck = new KeyCheck();
    private final SizeSampler sizes = new SizeSampler();
    /** The memory of keys that are objects. */
    private long keyBytes;

    /**
     * No keys yet.
     *
     * @param expected how many there will be, as far as is known
     */
    Doubles(InDoubles<Object> fold, int expected) {
        this.fold = fold;
        this.width = fold.width();
        this.expected = expected;
        this.keys = new KeyTable(expected);
        this.numbers = new double[FIRST_CAPACITY * width];
    }

    /** No keys yet; null if {@code fold} is none in doubles. */
    @SuppressWarnings("unchecked") // a fold has but one kind of records
    public static @Nullable Doubles ofTarget(Fold<?, ?, ?> fold) {
        return fold instanceof InDoubles<?> inDoubles ? new Doubles((InDoubles<Object>) inDoubles, 0) : null;
    }

    /** Adds a record to the accumulator of its key. */
    void add(Object key, Object record) {
        int entry = keys.find(key);
        if (entry < 0) {
            entry = begin(-1 - entry);
            fold.begin(numbers, entry * width);
        }
        fold.add(numbers, entry * width, record);
    }

    /** Adds the entry at which {@code entries} is, which comes behind all that is here. */
    public void add(EntryCursor entries) {
        if (entries.later() instanceof DoublesStore from) {
            add(from.all(), entries.place());
        } else {
            double[] accumulator = (double[]) Objects.requireNonNull(entries.value());
            merge(keys.find(entries.key()), accumulator, 0);
        }
    }

    /** Adds an entry of others, which come behind all that is here. */
    private void add(Doubles from, int entry) {
        merge(keys.find(from.keys, entry), from.numbers, entry * width);
    }

    private void merge(int found, double[] right, int at) {
        if (found < 0) {
            int entry = begin(-1 - found);
            System.arraycopy(right, at, numbers, entry * width, width);
        } else {
            fold.merge(numbers, found * width, right, at);
        }
    }

    /** Adds all of {@code right}, which comes behind. */
    void addAll(Doubles right) {
        for (int entry = 0; entry < right.count(); entry++) {
            add(right, entry);
        }
    }

    /** Makes room for an entry, whose key is there. */
    private int begin(int entry) {
        Object key = keys.keyObject(entry);
        if (key != null) {
            keyCheck.check(key);
            keyBytes += sizes.of(key);
        }
        if ((entry + 1) * width > numbers.length) {
            numbers = Arrays.copyOf(numbers, KeyTable.grown(entry, expected) * width);
        }
        return entry;
    }

    /** No key is looked for any more. */
    public void complete() {
        keys.forgetIndex();
        numbers = Arrays.copyOf(numbers, count() * width);
    }

    /** How many keys there are. */
    public int count() {
        return keys.count();
    }

    /** About how much memory they take with their accumulators, in bytes. */
    long bytes() {
        return keyBytes + count() * ((long) width * Double.BYTES + KeyTable.BYTES_OF_NUMBERS + OVERHEAD);
    }

    /** The stable hash of a key. */
    int stableHash(int entry) {
        return keys.stableHash(entry);
    }

    /** A key. */
    public Object key(int entry) {
        return keys.key(entry);
    }

    /** The accumulator of a key, as a new object. */
    public double[] accumulator(int entry) {
        return Arrays.copyOfRange(numbers, entry * width, (entry + 1) * width);
    }
}

package dev.bag.key;

import dev.bag.trait.Copies;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keys with a value each, in the order in which they were first seen. Entries lie densely, and an open-addressed index
 * finds them. The index holds the hashes, so a key is looked at only if its hash is the same; it is at most half full.
 *
 * <p>A key that lies far from where its hash says tells that many keys have the same hash, or nearly so, because somebody has
 * made them so. From then on texts are hashed in another way, that cannot be foreseen.
 *
 * <p>How a key is kept depends on its kind: as two numbers if it {@linkplain InlineKey fits} into them, so that no object
 * stays and none is looked at, and as itself beside its value otherwise.
 */
@SuppressWarnings("serial") // whether keys and values can be written is known when they are
public final class KeyTable implements Serializable {

    private static final long serialVersionUID = 1;

    /** What a key takes that is kept as two numbers. */
    public static final int BYTES_OF_NUMBERS = 2 * Long.BYTES;

    private static final int FIRST_CAPACITY = 8;
    /** A table that outgrows it becomes as large as expected; smaller ones double. */
    private static final int SMALL_CAPACITY = 256;
    /** In a table that is half full, no key of hashes that are as good as random ever lies farther from its slot. */
    private static final int FARTHEST = 128;

    private static final Object CLEARED = new Object();

    /** The value of each entry, and before it the key, where that is an object; shorter if no more entries have any. */
    private @Nullable Object[] cells = {};
    /** The two numbers of each key that has become some; shorter if no more keys were such. */
    private long[] numbers = {};
    /** At the slot of its hash: the hash in the upper half, the number of the entry + 1 in the lower; or 0. */
    private transient long[] slots = new long[2 * FIRST_CAPACITY];

    private boolean isIndexed = true;
    /** Whether keys have hashes that cannot be foreseen. */
    private boolean isCrowded;

    private int count;
    /** Room for so many keys is made at once when there are many. */
    private transient int expected;

    private final InlineKey sought = new InlineKey();

    /** A table without keys. */
    public KeyTable() {}

    /**
     * A table without keys.
     *
     * @param expected how many there will be, as far as is known: one that stays small takes no more memory for that
     */
    public KeyTable(int expected) {
        this.expected = expected;
    }

    /** Returns for how many entries room is made, where it is needed for one more than {@code count}. */
    public static int grown(int count, int expected) {
        int doubled = Math.max(FIRST_CAPACITY, 2 * count);
        return doubled > SMALL_CAPACITY ? Math.max(doubled, expected) : doubled;
    }

    /** The number of the entry of {@code key}, or {@code -1 - n} for the n-th entry, which is new and has no value yet. */
    public int find(Object key) {
        return sought.set(key) ? find(sought.first(), sought.second()) : findObject(key);
    }

    /** The number of the entry of a key of another table, as {@link #find(Object)} returns it. */
    public int find(KeyTable other, int entry) {
        return other.areNumbers(2 * entry)
                ? find(other.numbers[2 * entry], other.numbers[2 * entry + 1])
                : findObject(other.key(entry));
    }

    private int find(long first, long second) {
        int hash = InlineKey.hash(first, second);
        int slot = slot(hash, first, second);
        if (slots[slot] != 0) {
            return (int) slots[slot] - 1;
        }
        if (2 * count >= numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * grown(count, expected));
        }
        numbers[2 * count] = first;
        numbers[2 * count + 1] = second;
        return -1 - insert(hash, slot);
    }

    private int findObject(Object key) {
        int hash = hash(key);
        int slot = slot(hash, key);
        if (slots[slot] != 0) {
            return (int) slots[slot] - 1;
        }
        boolean isFar = (slot - hash & slots.length - 1) > FARTHEST;
        int entry = insert(hash, slot);
        cellsFor(entry)[2 * entry] = Copies.of(key);
        if (isFar && !isCrowded) {
            isCrowded = true;
            index();
        }
        return -1 - entry;
    }

    private int hash(Object key) {
        return isCrowded ? Secret.hash(key) : Keys.hash(key);
    }

    /** The slot of a key in numbers, or the empty one in which it would be. */
    private int slot(int hash, long first, long second) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        for (long at = slots[slot]; at != 0; at = slots[slot]) {
            int cell = 2 * ((int) at - 1);
            if ((int) (at >>> 32) == hash
                    && areNumbers(cell)
                    && numbers[cell] == first
                    && numbers[cell + 1] == second) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int slot(int hash, Object key) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        for (long at = slots[slot]; at != 0; at = slots[slot]) {
            if ((int) (at >>> 32) == hash) {
                Object other = cells[2 * ((int) at - 1)];
                if (other != null && Keys.same(other, key)) {
                    return slot;
                }
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean areNumbers(int cell) {
        return cell < numbers.length && numbers[cell + 1] != 0;
    }

    /** The value of {@code key}, or null when it is not there. Any number of threads may call this while none adds. */
    public @Nullable Object get(Object key) {
        InlineKey inline = new InlineKey();
        int slot = inline.set(key)
                ? slot(InlineKey.hash(inline.first(), inline.second()), inline.first(), inline.second())
                : slot(hash(key), key);
        return slots[slot] == 0 ? null : value((int) slots[slot] - 1);
    }

    /** How many keys there are. */
    public int count() {
        return count;
    }

    /** The key of an entry; a new object each time, where it is not kept as one. */
    public Object key(int entry) {
        return areNumbers(2 * entry)
                ? InlineKey.key(numbers[2 * entry], numbers[2 * entry + 1])
                : Objects.requireNonNull(cells[2 * entry]);
    }

    /** The {@linkplain StableHash stable hash} of the key of an entry. */
    public int stableHash(int entry) {
        return areNumbers(2 * entry)
                ? InlineKey.stableHash(numbers[2 * entry], numbers[2 * entry + 1])
                : StableHash.of(Objects.requireNonNull(cells[2 * entry]));
    }

    /** The object that is kept as the key of an entry; null where none is. */
    public @Nullable Object keyObject(int entry) {
        return 2 * entry < cells.length ? cells[2 * entry] : null;
    }

    /** The value of an entry; null if it has none. */
    public @Nullable Object value(int entry) {
        return 2 * entry < cells.length ? cells[2 * entry + 1] : null;
    }

    /** Sets the value of an entry. */
    public void set(int entry, @Nullable Object value) {
        cellsFor(entry)[2 * entry + 1] = value;
    }

    private @Nullable Object[] cellsFor(int entry) {
        if (2 * entry >= cells.length) {
            cells = Arrays.copyOf(cells, Math.max(2 * FIRST_CAPACITY, entry * 4));
        }
        return cells;
    }

    /** Forgets key and value of an entry, after {@link #forgetIndex}, so that they can be collected. */
    public void clear(int entry) {
        if (2 * entry < cells.length) {
            cells[2 * entry] = CLEARED;
            cells[2 * entry + 1] = null;
        }
    }

    /** No key will be looked for any more. */
    public void forgetIndex() {
        slots = new long[0];
        isIndexed = false;
    }

    /** Makes the index anew. */
    private void index() {
        slots = new long[Math.max(2 * FIRST_CAPACITY, Integer.highestOneBit(count) * 4)];
        int mask = slots.length - 1;
        for (int entry = 0; entry < count; entry++) {
            int hash = areNumbers(2 * entry)
                    ? InlineKey.hash(numbers[2 * entry], numbers[2 * entry + 1])
                    : hash(Objects.requireNonNull(cells[2 * entry]));
            int slot = hash & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = ((long) hash << 32) | entry + 1;
        }
    }

    /** Hashes of another JVM are of no use here. */
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        slots = new long[0];
        if (isIndexed) {
            index();
        }
    }

    private int insert(int hash, int slot) {
        count++;
        slots[slot] = ((long) hash << 32) | count;
        if (count * 2 > slots.length) {
            slots = copied(slots, Math.max(2 * slots.length, slotsFor(grown(slots.length / 2, expected))));
        }
        return count - 1;
    }

    /** Returns the length of an index of so many entries, which is a power of two. */
    private static int slotsFor(int entries) {
        return Math.max(2 * FIRST_CAPACITY, 2 * Integer.highestOneBit(2 * entries - 1));
    }

    /** A larger index with the same entries. */
    private static long[] copied(long[] slots, int length) {
        long[] larger = new long[length];
        int mask = larger.length - 1;
        for (long at : slots) {
            if (at != 0) {
                int slot = (int) (at >>> 32) & mask;
                while (larger[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                larger[slot] = at;
            }
        }
        return larger;
    }
}

package dev.bag.shuffle.hold;

import java.io.IOException;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Entries one after the other, as they came, or reduced to one for each key. After {@link #next} has returned true,
 * {@link #key}, {@link #value} and {@link #tag} are those of an entry.
 */
public abstract class EntryCursor implements AutoCloseable {

    /** Null where entries have no key. */
    protected @Nullable Object key;

    /** The value. */
    protected @Nullable Object value;

    /** Where an entry comes among others; 0 where entries have no tag. */
    protected long tag;

    /** What makes key and value when they are asked for; null where they are there. */
    private @Nullable Later later;

    private int place;

    /** Entries that are made of something else when they are asked for. */
    public interface Later {

        /** The key of the entry at a place. */
        Object key(int place);

        /** The value of the entry at a place. */
        @Nullable Object value(int place);
    }

    /** Moves on to the next entry; false after the last one. */
    public abstract boolean next() throws IOException;

    /**
     * Makes sure that the value is there; once after each {@link #next}. Only a cursor that says so leaves it on disk until
     * then.
     */
    public void load() throws IOException {}

    /** May pass over entries whose values are longs that are not wanted, from now on. */
    public void select(LongPredicate wanted) {}

    /** The key, of entries that have one. */
    public final Object key() {
        make();
        return Objects.requireNonNull(key);
    }

    /** The value, or null where that is one. */
    public final @Nullable Object value() {
        make();
        return value;
    }

    /** Makes key and value, where that was left for later. */
    final void make() {
        Later from = later;
        if (from != null) {
            later = null;
            key = from.key(place);
            value = from.value(place);
        }
    }

    /** What key and value are still to be made of; null where they have been, or were there. */
    public final @Nullable Later later() {
        return later;
    }

    /** Where {@link #later} has the entry. */
    public final int place() {
        return place;
    }

    /** The number that was given with the entry, or 0. */
    public final long tag() {
        return tag;
    }

    /** Makes this the cursor of an entry. */
    public final void set(@Nullable Object newKey, @Nullable Object newValue, long newTag) {
        key = newKey;
        value = newValue;
        tag = newTag;
        later = null;
    }

    /** Makes this the cursor of an entry that is made when it is asked for. */
    public final void set(Later from, int newPlace, long newTag) {
        later = from;
        place = newPlace;
        tag = newTag;
    }

    /** Makes the entry of {@code other} this one's, too. */
    protected final void setTo(EntryCursor other) {
        key = other.key;
        value = other.value;
        tag = other.tag;
        later = other.later;
        place = other.place;
    }

    /** Lets go of the entry, so that it can be collected before the next one is read. */
    public void forget() {
        key = null;
        value = null;
        later = null;
    }

    /** How many bytes of memory the reader of these has taken over with them, and must give back. */
    public long takenBytes() {
        return 0;
    }

    @Override
    public void close() throws IOException {}
}

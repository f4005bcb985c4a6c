package dev.bag.shuffle.hold;

import org.jspecify.annotations.Nullable;

/** Entries in arrays of objects: values, and where they have them keys and tags. */
public record ObjectStore(
        @Nullable Object @Nullable [] keys, @Nullable Object[] values, long @Nullable [] tags) implements EntryStore {

    /** No entries. */
    static final ObjectStore NONE = new ObjectStore(null, new Object[0], null);

    @Override
    public Shape shape() {
        return new Shape(keys != null, tags != null);
    }

    @Override
    public void read(int at, EntryCursor into) {
        into.key = keys == null ? null : keys[at];
        into.value = values[at];
        into.tag = tags == null ? 0 : tags[at];
    }

    @Override
    public void clear(int at) {
        values[at] = null;
        if (keys != null) {
            keys[at] = null;
        }
    }
}

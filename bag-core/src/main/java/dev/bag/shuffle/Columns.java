package dev.bag.shuffle;

import dev.bag.spill.FrameReader;
import dev.bag.spill.FrameWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Entries in arrays: values, and where they have them keys and tags. */
record Columns(
        @Nullable Object @Nullable [] keys, @Nullable Object[] values, long @Nullable [] tags) {

    /** Which columns there are. */
    record Shape(boolean hasKeys, boolean hasTags) {

        static final Shape VALUES = new Shape(false, false);
        static final Shape KEYED = new Shape(true, false);
        static final Shape TAGGED = new Shape(true, true);

        void read(FrameReader in, Entries into) throws IOException {
            if (hasTags) {
                into.tag = in.readLong();
            }
            if (hasKeys) {
                boolean valueIsKey = in.readLong() == 1;
                into.key = in.readRecord();
                into.value = valueIsKey ? into.key : in.readRecord();
            } else {
                into.value = in.readRecord();
            }
        }
    }

    Shape shape() {
        return new Shape(keys != null, tags != null);
    }

    void read(int at, Entries into) {
        into.key = keys == null ? null : keys[at];
        into.value = values[at];
        into.tag = tags == null ? 0 : tags[at];
    }

    void clear(int at) {
        values[at] = null;
        if (keys != null) {
            keys[at] = null;
        }
    }

    void write(int at, FrameWriter out) throws IOException {
        if (tags != null) {
            out.writeLong(tags[at]);
        }
        if (keys != null) {
            boolean valueIsKey = keys[at] == values[at];
            out.writeLong(valueIsKey ? 1 : 0);
            out.writeRecord(keys[at]);
            if (!valueIsKey) {
                out.writeRecord(values[at]);
            }
        } else {
            out.writeRecord(values[at]);
        }
        out.endEntry();
    }
}

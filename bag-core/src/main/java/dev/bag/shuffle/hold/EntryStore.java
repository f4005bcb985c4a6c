package dev.bag.shuffle.hold;

import dev.bag.spill.Entries;
import dev.bag.spill.FrameWriter;
import java.io.IOException;

/** Entries in memory. */
public interface EntryStore {

    /** Which columns there are. */
    Shape shape();

    /** Whether keys and values are made when they are read, so that they take memory of their own from then on. */
    default boolean arePacked() {
        return false;
    }

    /** Reads the entry at a place. */
    void read(int at, EntryCursor into) throws IOException;

    /** Writes the entry at a place; {@code scratch} may be used to read it. */
    default void write(int at, EntryCursor scratch, FrameWriter out) throws IOException {
        read(at, scratch);
        shape().write(scratch, out);
    }

    /** Forgets the entry at a place, so that it can be collected. */
    void clear(int at);

    /** Which columns there are besides values. */
    record Shape(boolean hasKeys, boolean hasTags) {

        /** Values only. */
        public static final Shape VALUES = new Shape(false, false);
        /** Keys and values. */
        public static final Shape KEYED = new Shape(true, false);
        /** Keys, values and tags. */
        public static final Shape TAGGED = new Shape(true, true);

        /** Writes an entry. */
        public void write(EntryCursor entry, Entries.Output out) throws IOException {
            if (hasTags) {
                out.writeLong(entry.tag);
            }
            if (hasKeys) {
                boolean valueIsKey = entry.key == entry.value;
                out.writeLong(valueIsKey ? 1 : 0);
                out.writeRecord(entry.key);
                if (!valueIsKey) {
                    out.writeRecord(entry.value);
                }
            } else {
                out.writeRecord(entry.value);
            }
            out.endEntry();
        }

        /** Reads an entry. */
        public void read(Entries.Input in, EntryCursor into) throws IOException {
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
}

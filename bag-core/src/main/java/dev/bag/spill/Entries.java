package dev.bag.spill;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where entries are written, and where they are read. */
public final class Entries {

    private Entries() {}

    /** Where entries are written: records and numbers, and then the end of the entry. */
    public interface Output {

        /** Writes a record, of any class. If that fails nothing of it is written. */
        void writeRecord(@Nullable Object record) throws IOException;

        /** Writes a number, in fewer bytes the smaller it is. */
        void writeLong(long number);

        /** Ends an entry. */
        void endEntry() throws IOException;
    }

    /** Where entries are read as they were written. */
    public interface Input {

        /** The next record of the entry, equal to the one that was written and of the same class. */
        @Nullable Object readRecord() throws IOException;

        /** The next number of the entry. */
        long readLong() throws IOException;
    }
}

package dev.bag.spill;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where entries are read as they were written. */
public interface EntryInput {

    /** The next record of the entry, equal to the one that was written and of the same class. */
    @Nullable Object readRecord() throws IOException;

    /** The next number of the entry. */
    long readLong() throws IOException;
}

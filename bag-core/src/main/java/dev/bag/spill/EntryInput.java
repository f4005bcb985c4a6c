package dev.bag.spill;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where entries are read as they were written. */
public interface EntryInput {

    /** The next record of the entry. */
    @Nullable Object readRecord() throws IOException;

    /** The next number of the entry. */
    long readLong() throws IOException;
}

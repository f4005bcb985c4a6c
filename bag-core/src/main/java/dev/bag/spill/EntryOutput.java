package dev.bag.spill;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where entries are written: records and numbers, and then the end of the entry. */
public interface EntryOutput {

    /** Writes a record, of any class. If that fails nothing of it is written. */
    void writeRecord(@Nullable Object record) throws IOException;

    /** Writes a number, in fewer bytes the smaller it is. */
    void writeLong(long number);

    /** Ends an entry. */
    void endEntry() throws IOException;
}

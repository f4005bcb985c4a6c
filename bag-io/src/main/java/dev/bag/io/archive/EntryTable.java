package dev.bag.io.archive;

import dev.bag.io.archive.ArchiveReader.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open archive whose entries are all known, and can be read in any order, one at a time. Only files are entries. */
interface EntryTable extends Closeable {

    /** Returns how many entries there are. */
    int size();

    /** Returns the names of the entries, in the order of the archive. */
    List<String> names();

    /** Returns an entry. */
    Entry entry(int index) throws IOException;

    /** Returns when an entry was changed last; null if that is not known. */
    @Nullable Instant modified(int index);

    /** Returns about how much work an entry is, compared with others. */
    long weight(int index) throws IOException;

    /** Opens the content of an entry, after that of another one has been read. What comes of it is checked at its end. */
    InputStream content(int index) throws IOException;
}

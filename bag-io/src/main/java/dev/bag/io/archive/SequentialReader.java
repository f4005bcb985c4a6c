package dev.bag.io.archive;

import dev.bag.io.split.EntryChoice;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The entries of an archive that are meant, in its own order. */
final class SequentialReader implements ArchiveReader {

    private final ArchiveReader archive;
    private final EntryChoice choice;
    private final boolean mayBeNone;
    private long count;
    private long chosen;

    SequentialReader(ArchiveReader archive, EntryChoice choice, boolean mayBeNone) {
        this.archive = archive;
        this.choice = choice;
        this.mayBeNone = mayBeNone;
    }

    @Override
    public @Nullable Entry next() throws IOException {
        for (Entry entry = archive.next(); entry != null; entry = archive.next()) {
            count++;
            if (choice.matches(entry.name())) {
                chosen++;
                return entry;
            }
        }
        if (chosen == 0 && choice.mustMatch() && !mayBeNone) {
            throw choice.nothing(count);
        }
        return null;
    }

    @Override
    public @Nullable Instant modified() {
        return archive.modified();
    }

    @Override
    public InputStream content() throws IOException {
        return archive.content();
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}

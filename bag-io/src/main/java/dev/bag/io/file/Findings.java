package dev.bag.io.file;

import dev.bag.io.codec.gzip.SeekIndex;
import java.lang.ref.SoftReference;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What reading a file has found that helps to read it again, for as long as it is not modified. All of it can be found
 * again. Used by several threads at once.
 */
public final class Findings {

    private final FileTime modified;
    private final KnownUnits units = new KnownUnits();
    private final LineCounts lineCounts = new LineCounts();
    private final AtomicBoolean warned = new AtomicBoolean();

    /** Until memory is short. Guarded by this. */
    private SoftReference<SeekIndex> index = new SoftReference<>(null);

    /** Nothing yet, of a file that was last modified at some time. */
    Findings(FileTime modified) {
        this.modified = modified;
    }

    /** When the file was last modified. */
    public FileTime modified() {
        return modified;
    }

    /** Units of a compressed file. */
    public KnownUnits units() {
        return units;
    }

    /** How many lines there are before some bytes. */
    public LineCounts lineCounts() {
        return lineCounts;
    }

    /** Returns true the first time, so that a file of many pieces gives one warning. */
    public boolean isFirstWarning() {
        return warned.compareAndSet(false, true);
    }

    /** Places in a gzip file from which it can be inflated; null if none are known. */
    public synchronized @Nullable SeekIndex index() {
        return index.get();
    }

    /** Keeps places, unless more are known. */
    public synchronized void keep(SeekIndex found) {
        SeekIndex known = index.get();
        if (known == null || known.size() < found.size()) {
            index = new SoftReference<>(found);
        }
    }
}

package dev.bag.io.codec;

import dev.bag.io.codec.gzip.SeekIndex;
import java.lang.ref.SoftReference;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** The places that a reader of a gzip file has found, until memory is short: those of the file as it was modified last then. */
final class SeekPlaces {

    private final SoftReference<SeekIndex> index;
    private final FileTime modified;

    SeekPlaces(SeekIndex index, FileTime modified) {
        this.index = new SoftReference<>(index);
        this.modified = modified;
    }

    /** Returns the places; null if they are forgotten, or the file was modified last at another time. */
    @Nullable SeekIndex at(FileTime time) {
        return modified.equals(time) ? index.get() : null;
    }
}

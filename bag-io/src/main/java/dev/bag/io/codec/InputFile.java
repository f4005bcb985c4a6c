package dev.bag.io.codec;

import static java.util.Objects.requireNonNull;

import dev.bag.io.codec.gzip.SeekIndex;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was when the bag was built: where it is, and how many bytes it has. Holds nothing open.
 *
 * <p>The size of some is not known before they are read: of what the kernel makes up as it is read, such as the files in
 * {@code /proc}; and of pipes and devices, which can be read only once.
 */
public final class InputFile implements Serializable {

    private static final long serialVersionUID = 1;

    /** What {@link #byteCount()} returns if the size is not known: more than any file has. */
    private static final long UNKNOWN = Long.MAX_VALUE;

    /** Not serializable itself: a {@link Described} is written instead. */
    private final transient Path path;

    private final long byteCount;

    /** Null if the path says it: a million files need not have a name each. */
    private final transient @Nullable String givenName;

    /** Null until it is read in pieces. Guarded by this. */
    private transient @Nullable KnownUnits knownUnits;

    /** Whether it has been opened; null if it may be opened again and again. */
    private final transient @Nullable AtomicBoolean opened;

    /** Made when a message first asks for it. Guarded by this. */
    private transient @Nullable LineCounts lineCounts;

    /** What reading it has found that helps to read it again; null if nothing. */
    private transient volatile @Nullable SeekPlaces places;

    /**
     * A file of a known size.
     *
     * @param path of any file system
     */
    public InputFile(Path path, long byteCount) {
        this(path, byteCount, null, false);
    }

    private InputFile(Path path, long byteCount, @Nullable String givenName, boolean readOnce) {
        this.path = requireNonNull(path, "path");
        this.byteCount = byteCount;
        this.givenName = givenName;
        this.opened = readOnce ? new AtomicBoolean() : null;
    }

    /**
     * Returns a file whose size is not known before it is read.
     *
     * @param readOnce whether what was read of it is gone
     */
    public static InputFile ofUnknownSize(Path path, boolean readOnce) {
        return new InputFile(path, UNKNOWN, null, readOnce);
    }

    /** Returns whether its size is known. */
    public boolean sizeIsKnown() {
        return byteCount != UNKNOWN;
    }

    /** Returns whether what was read of it is gone, as with a pipe. */
    public boolean isReadOnce() {
        return opened != null;
    }

    /** Notes that it is read; if that can be done only once, it must not have been read before. */
    void open() throws SourceException {
        if (opened != null && opened.getAndSet(true)) {
            throw broken(
                    "this is a pipe or a device, and what was read of it is gone: a bag of it can be read only once.\n"
                            + "  Copy it to a file first, or persist() the bag.",
                    null);
        }
    }

    /** Returns whether it is on the default file system, where a few bytes here and there are read at once. */
    boolean isLocal() {
        return onDefaultFileSystem(path);
    }

    /** Returns what is known of its units; nothing if it has been modified since anything was. */
    synchronized KnownUnits knownUnits() {
        FileTime modified = lastModified();
        KnownUnits known = knownUnits;
        if (known == null || !known.modified().equals(modified)) {
            known = new KnownUnits(modified);
            knownUnits = known;
        }
        return known;
    }

    private FileTime lastModified() {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // which reading it will tell
        }
    }

    /** Returns what is known of its lines. */
    public synchronized LineCounts lineCounts() {
        LineCounts counts = lineCounts;
        if (counts == null) {
            counts = new LineCounts();
            lineCounts = counts;
        }
        return counts;
    }

    /** Returns the places in it that are known if it was modified last at a time; null if none are. */
    @Nullable SeekIndex indexOf(FileTime modified) {
        SeekPlaces known = places;
        return known == null ? null : known.at(modified);
    }

    void keep(SeekPlaces found) {
        places = found;
    }

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    /** Its size when the bag was built; {@code Long.MAX_VALUE} if it is not known. */
    public long byteCount() {
        return byteCount;
    }

    /** What messages call it: the path as it was given, and outside the default file system its URI. */
    public String name() {
        return givenName == null ? nameOf(path) : givenName;
    }

    /** What messages call a path. */
    public static String nameOf(Path path) {
        return onDefaultFileSystem(path) ? path.toString() : path.toUri().toString();
    }

    /** An error about the whole file. */
    public SourceException broken(String complaint, @Nullable Throwable cause) {
        return broken(Location.of(name()), complaint, cause);
    }

    /** An error at a byte of the file. */
    public SourceException brokenAt(long offset, String complaint, @Nullable Throwable cause) {
        return broken(Location.at(name(), offset), complaint, cause);
    }

    private static SourceException broken(Location location, String complaint, @Nullable Throwable cause) {
        return new SourceException(location, location.file() + ": " + complaint, cause);
    }

    private static boolean onDefaultFileSystem(Path path) {
        return path.getFileSystem() == FileSystems.getDefault();
    }

    @Override
    public String toString() {
        return name();
    }

    /** Absolute, because where it is read another directory may be the current one. */
    private Object writeReplace() {
        boolean plain = onDefaultFileSystem(path);
        String where = plain ? path.toAbsolutePath().toString() : nameOf(path);
        return new Described(plain, where, name(), byteCount, isReadOnce());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("an InputFile is read from its description");
    }

    private record Described(boolean onDefaultFileSystem, String where, String name, long byteCount, boolean readOnce)
            implements Serializable {

        private Object readResolve() {
            Path path = onDefaultFileSystem ? Path.of(where) : Path.of(URI.create(where));
            return new InputFile(path, byteCount, name, readOnce);
        }
    }
}

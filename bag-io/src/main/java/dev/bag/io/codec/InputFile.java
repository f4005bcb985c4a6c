package dev.bag.io.codec;

import static java.util.Objects.requireNonNull;

import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file as it was when the bag was built: where it is, and how many bytes it has. Holds nothing open. */
public final class InputFile implements Serializable {

    private static final long serialVersionUID = 1;

    /** Not serializable itself: a {@link Described} is written instead. */
    private final transient Path path;

    private final long byteCount;

    /** Null if the path says it: a million files need not have a name each. */
    private final transient @Nullable String givenName;

    /**
     * A file of a known size.
     *
     * @param path of any file system
     */
    public InputFile(Path path, long byteCount) {
        this(path, byteCount, null);
    }

    private InputFile(Path path, long byteCount, @Nullable String givenName) {
        this.path = requireNonNull(path, "path");
        this.byteCount = byteCount;
        this.givenName = givenName;
    }

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    /** Its size when the bag was built. */
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
        return new Described(plain, plain ? path.toAbsolutePath().toString() : nameOf(path), name(), byteCount);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("an InputFile is read from its description");
    }

    private record Described(boolean onDefaultFileSystem, String where, String name, long byteCount)
            implements Serializable {

        private Object readResolve() {
            return new InputFile(onDefaultFileSystem ? Path.of(where) : Path.of(URI.create(where)), byteCount, name);
        }
    }
}

package dev.bag.io.file;

import static dev.bag.io.file.Numbers.grouped;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** A path of any file system. */
final class PathPlace implements InputFile.Place {

    private static final long serialVersionUID = 1;

    /** Not serializable itself: a {@link Described} is written instead. */
    private final transient Path path;

    /** Null if the path says it: a million files need not have a name each. */
    private final transient @Nullable String givenName;

    PathPlace(Path path) {
        this(path, null);
    }

    private PathPlace(Path path, @Nullable String givenName) {
        this.path = requireNonNull(path, "path");
        this.givenName = givenName;
    }

    Path path() {
        return path;
    }

    @Override
    public String name() {
        return givenName == null ? nameOf(path) : givenName;
    }

    /** The path as it was given, and outside the default file system its URI. */
    static String nameOf(Path path) {
        return onDefaultFileSystem(path) ? path.toString() : path.toUri().toString();
    }

    private static boolean onDefaultFileSystem(Path path) {
        return path.getFileSystem() == FileSystems.getDefault();
    }

    @Override
    public boolean isLocal() {
        return onDefaultFileSystem(path);
    }

    @Override
    public FileTime modified() throws IOException {
        return Files.getLastModifiedTime(path);
    }

    @Override
    public SeekableByteChannel open(InputFile file) throws IOException {
        try {
            return file.isReadOnce() ? Pipe.open(path) : Files.newByteChannel(path);
        } catch (NoSuchFileException e) {
            String size =
                    file.sizeIsKnown() ? " It had " + grouped(file.byteCount()) + " bytes when the bag was built." : "";
            throw file.broken("the file is gone." + size, e);
        } catch (AccessDeniedException e) {
            throw file.broken("this process is not permitted to read the file.", e);
        } catch (FileSystemException e) {
            throw file.broken("the file cannot be opened: " + (e.getReason() == null ? e : e.getReason()), e);
        }
    }

    /** Absolute, because where it is read another directory may be the current one. */
    private Object writeReplace() {
        boolean plain = onDefaultFileSystem(path);
        return new Described(plain, plain ? path.toAbsolutePath().toString() : nameOf(path), name());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a PathPlace is read from its description");
    }

    private record Described(boolean onDefaultFileSystem, String where, String name) implements Serializable {

        private Object readResolve() {
            return new PathPlace(onDefaultFileSystem ? Path.of(where) : UriPaths.path(URI.create(where)), name);
        }
    }
}

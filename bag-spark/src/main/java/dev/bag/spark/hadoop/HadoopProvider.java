package dev.bag.spark.hadoop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/** What is done with files of Hadoop. It is no installed provider, since it has many schemes: a {@link HadoopResolver} has found them. */
final class HadoopProvider extends FileSystemProvider {

    static final HadoopProvider INSTANCE = new HadoopProvider();

    private HadoopProvider() {}

    private static HadoopPath ours(Path path) {
        if (path instanceof HadoopPath ours) {
            return ours;
        }
        throw new ProviderMismatchException(path.toString());
    }

    private static UnsupportedOperationException not(String what) {
        return new UnsupportedOperationException(what + " in a file system of Hadoop");
    }

    @Override
    public String getScheme() {
        return "hadoop";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw not("a file system of its own");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return getPath(uri).getFileSystem();
    }

    @Override
    public Path getPath(URI uri) {
        try {
            return new HadoopResolver()
                    .resolve(uri)
                    .orElseThrow(() -> new IllegalArgumentException(uri + ": Hadoop has no such file system"));
        } catch (IOException e) {
            throw new IllegalArgumentException(uri + ": the file system cannot be reached: " + e.getMessage(), e);
        }
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        HadoopPath file = ours(path);
        if (options.contains(StandardOpenOption.DELETE_ON_CLOSE)) {
            throw not("a file that is deleted when it is closed");
        }
        boolean appends = options.contains(StandardOpenOption.APPEND);
        if (!appends && !options.contains(StandardOpenOption.WRITE)) {
            return HadoopReading.open(file);
        }
        if (options.contains(StandardOpenOption.READ)) {
            throw not("a file that is read and written");
        }
        return appends ? HadoopWriting.append(file, options) : HadoopWriting.create(file, options);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        HadoopPath listed = ours(folder);
        return new Children(listed.files().children(listed), filter);
    }

    /** What was in a folder when it was listed. */
    private record Children(List<HadoopPath> all, DirectoryStream.Filter<? super Path> filter)
            implements DirectoryStream<Path> {

        @Override
        public Iterator<Path> iterator() {
            List<Path> accepted = new ArrayList<>(all.size());
            try {
                for (HadoopPath each : all) {
                    if (filter.accept(each)) {
                        accepted.add(each);
                    }
                }
            } catch (IOException e) {
                throw new DirectoryIteratorException(e);
            }
            return accepted.iterator();
        }

        @Override
        public void close() {}
    }

    /** With the folders above it, which is one step for Hadoop. */
    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        if (exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        if (!ours(folder).files().on(ours(folder), org.apache.hadoop.fs.FileSystem::mkdirs)) {
            throw new FileSystemException(folder.toString(), null, "the folder cannot be made");
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        HadoopPath file = ours(path);
        if (!file.files().on(file, (files, each) -> files.delete(each, false))) {
            file.files().status(file);
            throw new FileSystemException(path.toString(), null, "it cannot be deleted");
        }
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) throws IOException {
        if (isSameFile(from, to)) {
            return;
        }
        refuseExisting(to, List.of(options).contains(StandardCopyOption.REPLACE_EXISTING));
        if (Files.isDirectory(from)) {
            createDirectory(to);
            return;
        }
        try (InputStream in = newInputStream(from);
                OutputStream out = newOutputStream(to)) {
            in.transferTo(out);
        }
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        List<CopyOption> all = List.of(options);
        boolean isAtomic = all.contains(StandardCopyOption.ATOMIC_MOVE);
        if (isSameFile(from, to)) {
            return; // to replace it would be to delete it
        }
        refuseExisting(to, isAtomic || all.contains(StandardCopyOption.REPLACE_EXISTING));
        if (ours(from).files().equals(ours(to).files())) {
            ours(from).files().replace(ours(from), ours(to));
            return;
        }
        if (isAtomic || Files.isDirectory(from)) {
            throw new AtomicMoveNotSupportedException(
                    from.toUri().toString(), to.toUri().toString(), "they are in two file systems");
        }
        copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        delete(from);
    }

    private static void refuseExisting(Path path, boolean mayReplace) throws IOException {
        if (!mayReplace && exists(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
    }

    private static boolean exists(Path path) throws IOException {
        return ours(path).files().on(ours(path), org.apache.hadoop.fs.FileSystem::exists);
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        if (!exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (type != BasicFileAttributes.class) {
            throw not(type.getSimpleName());
        }
        HadoopPath file = ours(path);
        FileStatus listed = file.takeListed();
        return type.cast(new Attributes(listed == null ? file.files().status(file) : listed));
    }

    private record Attributes(FileStatus status) implements BasicFileAttributes {

        @Override
        public FileTime lastModifiedTime() {
            return FileTime.fromMillis(status.getModificationTime());
        }

        @Override
        public FileTime lastAccessTime() {
            return FileTime.fromMillis(status.getAccessTime());
        }

        @Override
        public FileTime creationTime() {
            return lastModifiedTime();
        }

        @Override
        public boolean isRegularFile() {
            return status.isFile();
        }

        @Override
        public boolean isDirectory() {
            return status.isDirectory();
        }

        @Override
        public boolean isSymbolicLink() {
            return status.isSymlink();
        }

        @Override
        public boolean isOther() {
            return false;
        }

        @Override
        public long size() {
            return status.getLen();
        }

        @Override
        public @Nullable Object fileKey() {
            return null;
        }
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw not("attributes by name");
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw not("attributes that are set");
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw not("a file store");
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return ours(path)
                .toAbsolutePath()
                .normalize()
                .equals(other.toAbsolutePath().normalize());
    }

    @Override
    public boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }
}

package dev.bag.io;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file system in memory that can do no more than a reader may ask for: sizes, channels, directories and basic attributes. All
 * else throws. Its channels give three bytes at a time.
 */
final class BareFileSystem extends FileSystem {

    private final Map<String, byte[]> files = new TreeMap<>();
    private final FileSystemProvider provider = new Provider();

    Path write(String name, byte[] content) {
        files.put(name, content);
        return new BarePath(name);
    }

    private boolean isFolder(String name) {
        String begin = name.equals("/") ? name : name + "/";
        return files.keySet().stream().anyMatch(file -> file.startsWith(begin));
    }

    private static UnsupportedOperationException not() {
        return new UnsupportedOperationException("a reader must not rely on it");
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public Path getPath(String first, String... more) {
        String text = more.length == 0 ? first : first + "/" + String.join("/", more);
        return new BarePath(text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public void close() {
        throw not();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        throw not();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        throw not();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        throw not();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw not();
    }

    @Override
    public WatchService newWatchService() {
        throw not();
    }

    private final class Provider extends FileSystemProvider {

        @Override
        public String getScheme() {
            return "bare";
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs) throws IOException {
            byte[] content = files.get(path.toString());
            if (content == null) {
                throw new NoSuchFileException(path.toString());
            }
            return new Channel(content);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path dir, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            if (!isFolder(dir.toString())) {
                throw new NoSuchFileException(dir.toString());
            }
            String begin = dir.toString().equals("/") ? "/" : dir + "/";
            List<Path> children = new ArrayList<>();
            files.keySet().stream()
                    .filter(name -> name.startsWith(begin))
                    .map(name -> begin + name.substring(begin.length()).split("/")[0])
                    .distinct()
                    .forEach(name -> children.add(new BarePath(name)));
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    return children.iterator();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            byte[] content = files.get(path.toString());
            if (content == null && !isFolder(path.toString())) {
                throw new NoSuchFileException(path.toString());
            }
            return type.cast(new Attributes(content));
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            readAttributes(path, BasicFileAttributes.class);
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
            throw not();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            throw not();
        }

        @Override
        public Path getPath(URI uri) {
            throw not();
        }

        @Override
        public void createDirectory(Path dir, FileAttribute<?>... attrs) {
            throw not();
        }

        @Override
        public void delete(Path path) {
            throw not();
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) {
            throw not();
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) {
            throw not();
        }

        @Override
        public boolean isSameFile(Path path, Path path2) {
            throw not();
        }

        @Override
        public boolean isHidden(Path path) {
            throw not();
        }

        @Override
        public FileStore getFileStore(Path path) {
            throw not();
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            throw not();
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
            throw not();
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
            throw not();
        }
    }

    private record Attributes(byte[] content) implements BasicFileAttributes {

        @Override
        public boolean isRegularFile() {
            return content != null;
        }

        @Override
        public boolean isDirectory() {
            return content == null;
        }

        @Override
        public boolean isSymbolicLink() {
            return false;
        }

        @Override
        public boolean isOther() {
            return false;
        }

        @Override
        public long size() {
            return content == null ? 0 : content.length;
        }

        @Override
        public FileTime lastModifiedTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public FileTime lastAccessTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public FileTime creationTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public Object fileKey() {
            return null;
        }
    }

    private static final class Channel implements SeekableByteChannel {

        private final byte[] content;
        private long position;
        private boolean closed;

        Channel(byte[] content) {
            this.content = content;
        }

        @Override
        public int read(ByteBuffer into) {
            int count = (int) Math.min(Math.min(3, into.remaining()), content.length - position);
            if (count <= 0) {
                return into.hasRemaining() ? -1 : 0;
            }
            into.put(content, (int) position, count);
            position += count;
            return count;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long newPosition) {
            position = newPosition;
            return this;
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public int write(ByteBuffer from) {
            throw not();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw not();
        }
    }

    private final class BarePath implements Path {

        private final String text;

        BarePath(String text) {
            this.text = text;
        }

        @Override
        public FileSystem getFileSystem() {
            return BareFileSystem.this;
        }

        @Override
        public Path getFileName() {
            return new BarePath(text.substring(text.lastIndexOf('/') + 1));
        }

        @Override
        public Path resolve(Path other) {
            return new BarePath(text.equals("/") ? text + other : text + "/" + other);
        }

        @Override
        public URI toUri() {
            try {
                return new URI("bare", text, null);
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int compareTo(Path other) {
            return text.compareTo(other.toString());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof BarePath that && text.equals(that.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return text;
        }

        @Override
        public boolean isAbsolute() {
            return text.startsWith("/");
        }

        @Override
        public Path getRoot() {
            throw not();
        }

        @Override
        public Path getParent() {
            throw not();
        }

        @Override
        public int getNameCount() {
            throw not();
        }

        @Override
        public Path getName(int index) {
            throw not();
        }

        @Override
        public Path subpath(int beginIndex, int endIndex) {
            throw not();
        }

        @Override
        public boolean startsWith(Path other) {
            throw not();
        }

        @Override
        public boolean endsWith(Path other) {
            throw not();
        }

        @Override
        public Path normalize() {
            throw not();
        }

        @Override
        public Path relativize(Path other) {
            throw not();
        }

        @Override
        public Path toAbsolutePath() {
            return this;
        }

        @Override
        public Path toRealPath(LinkOption... options) {
            throw not();
        }

        @Override
        public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
            throw not();
        }
    }
}

package dev.bag.spark.hadoop;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/** A name in a file system of Hadoop: the names of folders, and of what is in the last one. */
final class HadoopPath implements Path {

    private final HadoopFiles files;
    private final boolean isAbsolute;
    private final List<String> names;

    /** What a listing has said of it, for who asks next, which saves asking Hadoop once more; null when it has been taken. */
    private volatile @Nullable FileStatus listed;

    private HadoopPath(HadoopFiles files, boolean isAbsolute, List<String> names) {
        this.files = files;
        this.isAbsolute = isAbsolute;
        this.names = names;
    }

    static HadoopPath of(HadoopFiles files, String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.split("/")) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return new HadoopPath(files, text.startsWith("/"), List.copyOf(names));
    }

    /** Returns what is in this folder, as a listing has found it. */
    HadoopPath listed(FileStatus status) {
        HadoopPath child = resolve(status.getPath().getName());
        child.listed = status;
        return child;
    }

    @Nullable FileStatus takeListed() {
        FileStatus taken = listed;
        listed = null;
        return taken;
    }

    /** Returns the path as Hadoop has it. */
    org.apache.hadoop.fs.Path ofHadoop() {
        URI root = files.uri();
        return new org.apache.hadoop.fs.Path(
                root.getScheme(),
                root.getAuthority(),
                toAbsolutePath().normalize().toString());
    }

    private HadoopPath same(Path other) {
        if (other instanceof HadoopPath path && path.files.equals(files)) {
            return path;
        }
        throw new ProviderMismatchException(other + " is not in " + files.uri());
    }

    @Override
    public FileSystem getFileSystem() {
        return files;
    }

    HadoopFiles files() {
        return files;
    }

    @Override
    public boolean isAbsolute() {
        return isAbsolute;
    }

    @Override
    public @Nullable HadoopPath getRoot() {
        return isAbsolute ? new HadoopPath(files, true, List.of()) : null;
    }

    @Override
    public @Nullable HadoopPath getFileName() {
        return names.isEmpty() ? null : getName(names.size() - 1);
    }

    @Override
    public @Nullable HadoopPath getParent() {
        return names.isEmpty() || names.size() == 1 && !isAbsolute
                ? null
                : new HadoopPath(files, isAbsolute, names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public HadoopPath getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public HadoopPath subpath(int begin, int end) {
        if (begin < 0 || end > names.size() || begin >= end) {
            throw new IllegalArgumentException(this + " has no names " + begin + " to " + end);
        }
        return new HadoopPath(files, false, names.subList(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof HadoopPath path
                && path.files.equals(files)
                && path.isAbsolute == isAbsolute
                && Collections.indexOfSubList(names, path.names) == 0;
    }

    @Override
    public boolean endsWith(Path other) {
        if (!(other instanceof HadoopPath path) || !path.files.equals(files) || path.names.size() > names.size()) {
            return false;
        }
        return path.isAbsolute
                ? equals(path)
                : names.subList(names.size() - path.names.size(), names.size()).equals(path.names);
    }

    @Override
    public HadoopPath normalize() {
        Deque<String> kept = new ArrayDeque<>();
        for (String name : names) {
            if (name.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
                kept.removeLast();
            } else if (!name.equals(".") && !(name.equals("..") && isAbsolute)) {
                kept.addLast(name);
            }
        }
        return new HadoopPath(files, isAbsolute, List.copyOf(kept));
    }

    @Override
    public HadoopPath resolve(Path other) {
        HadoopPath path = same(other);
        if (path.isAbsolute) {
            return path;
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(path.names);
        return new HadoopPath(files, isAbsolute, List.copyOf(all));
    }

    @Override
    public HadoopPath resolve(String other) {
        return resolve(of(files, other));
    }

    @Override
    public HadoopPath resolveSibling(String other) {
        HadoopPath parent = getParent();
        return parent == null ? of(files, other) : parent.resolve(other);
    }

    @Override
    public HadoopPath relativize(Path other) {
        HadoopPath path = same(other);
        if (path.isAbsolute != isAbsolute) {
            throw new IllegalArgumentException(this + " and " + other + " are not both absolute");
        }
        int common = 0;
        while (common < Math.min(names.size(), path.names.size())
                && names.get(common).equals(path.names.get(common))) {
            common++;
        }
        List<String> way = new ArrayList<>(Collections.nCopies(names.size() - common, ".."));
        way.addAll(path.names.subList(common, path.names.size()));
        return new HadoopPath(files, false, List.copyOf(way));
    }

    @Override
    public URI toUri() {
        URI root = files.uri();
        String authority = root.getAuthority() == null ? "" : root.getAuthority();
        try {
            return new URI(root.getScheme(), authority, toAbsolutePath().toString(), null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public HadoopPath toAbsolutePath() {
        return isAbsolute ? this : files.home().resolve(this);
    }

    @Override
    public HadoopPath toRealPath(LinkOption... options) throws IOException {
        HadoopPath real = toAbsolutePath().normalize();
        files.status(real);
        return real;
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("file systems of Hadoop are not watched");
    }

    @Override
    public int compareTo(Path other) {
        HadoopPath path = (HadoopPath) other;
        int order = files.uri().compareTo(path.files.uri());
        return order != 0 ? order : toString().compareTo(path.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HadoopPath path
                && path.isAbsolute == isAbsolute
                && path.names.equals(names)
                && path.files.equals(files);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return (isAbsolute ? "/" : "") + String.join("/", names);
    }
}

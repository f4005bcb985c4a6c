package dev.bag.spark.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;

/** A file system of Hadoop, which is shared within the process, and which Hadoop closes when the process ends. */
final class HadoopFiles extends FileSystem {

    private final Renaming files;

    HadoopFiles(org.apache.hadoop.fs.FileSystem files) {
        this.files = new Renaming(files);
    }

    /** To replace a file in one step, where that is possible, is open only to a class like this one. */
    private static final class Renaming extends FilterFileSystem {

        Renaming(org.apache.hadoop.fs.FileSystem files) {
            super(files);
        }

        void replace(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            rename(from, to, Rename.OVERWRITE);
        }
    }

    /** What is done with a file. */
    interface Step<T> {

        T run(org.apache.hadoop.fs.FileSystem files, org.apache.hadoop.fs.Path path) throws IOException;
    }

    /** Does something with a file; its failures are those of java.nio.file. */
    <T> T on(HadoopPath path, Step<T> step) throws IOException {
        try {
            return step.run(files.getRawFileSystem(), path.ofHadoop());
        } catch (FileNotFoundException e) {
            throw caused(new NoSuchFileException(path.toString(), null, e.getMessage()), e);
        } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
            throw caused(new FileAlreadyExistsException(path.toString(), null, e.getMessage()), e);
        } catch (AccessControlException e) {
            throw caused(new AccessDeniedException(path.toString(), null, e.getMessage()), e);
        }
    }

    private static <E extends IOException> E caused(E exception, IOException by) {
        exception.initCause(by);
        return exception;
    }

    FileStatus status(HadoopPath path) throws IOException {
        return on(path, org.apache.hadoop.fs.FileSystem::getFileStatus);
    }

    void replace(HadoopPath from, HadoopPath to) throws IOException {
        on(from, (any, path) -> {
            files.replace(path, to.ofHadoop());
            return to;
        });
    }

    URI uri() {
        return files.getUri();
    }

    HadoopPath home() {
        return HadoopPath.of(this, files.getWorkingDirectory().toUri().getPath());
    }

    @Override
    public HadoopPath getPath(String first, String... more) {
        return HadoopPath.of(
                this,
                Stream.concat(Stream.of(first), Arrays.stream(more))
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.joining("/")));
    }

    @Override
    public FileSystemProvider provider() {
        return HadoopProvider.INSTANCE;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(getPath("/"));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        int colon = syntaxAndPattern.indexOf(':');
        String syntax = syntaxAndPattern.substring(0, Math.max(0, colon));
        String pattern = syntaxAndPattern.substring(colon + 1);
        Pattern regex = switch (syntax) {
            case "glob" -> Glob.pattern(pattern);
            case "regex" -> Pattern.compile(pattern);
            default -> throw new UnsupportedOperationException(syntaxAndPattern + ": glob: or regex: is needed");
        };
        return path -> regex.matcher(path.toString()).matches();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("Hadoop closes its file systems itself");
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("owners of files in Hadoop");
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("file systems of Hadoop are not watched");
    }

    /** Returns what is in a folder, in no order. */
    List<HadoopPath> children(HadoopPath folder) throws IOException {
        FileStatus[] found = on(folder, (any, path) -> any.listStatus(path));
        if (found.length == 1 && found[0].isFile() && found[0].getPath().equals(folder.ofHadoop())) {
            throw new NotDirectoryException(folder.toString()); // Hadoop lists a file as what is in it
        }
        return Arrays.stream(found).map(folder::listed).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HadoopFiles same
                && same.files.getRawFileSystem().equals(files.getRawFileSystem());
    }

    @Override
    public int hashCode() {
        return files.getRawFileSystem().hashCode();
    }

    @Override
    public String toString() {
        return uri().toString();
    }
}

package dev.bag.io.write;

import dev.bag.io.compress.FileCompression;
import dev.bag.io.file.InputFile;
import dev.bag.io.file.UriPaths;
import dev.bag.io.split.FileListing;
import dev.bag.io.split.PathNames;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where a bag is written to: one file, or a file for each partition.
 *
 * @param shown what messages call it
 * @param folder the folder of all files; a URI unless it is in the default file system
 * @param prefix the name of the file up to the number of the partition, or all of it
 * @param suffix the name behind that number; null for one file
 */
public record Target(
        String shown,
        String folder,
        boolean isUri,
        String prefix,
        @Nullable String suffix) implements Serializable {

    private static final String STAR = "*";
    private static final String TEXT_IN_FOLDER = "part-*.txt";

    /** Returns the target that a path, a pattern or a URI stands for; in a folder it is files of text. */
    public static Target of(String text) {
        return of(text, TEXT_IN_FOLDER);
    }

    /**
     * Returns the target that a path, a pattern or a URI stands for.
     *
     * @param nameInFolder what files are called if only a folder is given
     */
    public static Target of(String text, String nameInFolder) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\": a file, a folder or a pattern with one * is needed, such as out/part-*.txt.gz.");
        }
        if (text.startsWith("~")) {
            throw new IllegalArgumentException(text + ": only a shell knows what ~ stands for. Write the folder out, as"
                    + " System.getProperty(\"user.home\") does; for a name that begins with ~, write ./~");
        }
        try {
            Path path = PathNames.hasScheme(text)
                    ? UriPaths.path(PathNames.uri(text))
                    : FileSystems.getDefault().getPath(text);
            return of(
                    path,
                    text,
                    nameInFolder,
                    text.endsWith("/") || text.endsWith(path.getFileSystem().getSeparator()));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(text + ": this is not a path: " + e.getMessage(), e);
        }
    }

    /** Returns the target that a path stands for, of any file system; in a folder it is files of text. */
    public static Target of(Path path) {
        return of(path, TEXT_IN_FOLDER);
    }

    /**
     * Returns the target that a path stands for, of any file system.
     *
     * @param nameInFolder what files are called if only a folder is given
     */
    public static Target of(Path path, String nameInFolder) {
        return of(path, InputFile.nameOf(path), nameInFolder, false);
    }

    private static Target of(Path path, String shown, String nameInFolder, boolean isFolder) {
        Path name = path.getFileName();
        if (isFolder || name == null || name.toString().isEmpty() || Files.isDirectory(path)) {
            String in = shown.endsWith("/") ? shown : shown + "/";
            return in(path, in + nameInFolder, nameInFolder);
        }
        Path parent = path.getParent();
        return in(parent == null ? path.getFileSystem().getPath("") : parent, shown, name.toString());
    }

    private static Target in(Path folder, String shown, String name) {
        int star = name.indexOf(STAR);
        if (folder.toString().contains(STAR) || (star >= 0 && name.indexOf(STAR, star + 1) >= 0)) {
            throw new IllegalArgumentException(shown
                    + ": there may be one *, in the name of the file: it stands for the number of the partition.");
        }
        if (FileListing.isArchive(name)) {
            throw new IllegalArgumentException(shown + ": this is an archive, and archives are not written. Write"
                    + " .gz, .zst, .bz2 or .xz, or text that is not compressed.");
        }
        boolean isUri = !folder.getFileSystem().equals(FileSystems.getDefault());
        return new Target(
                shown,
                isUri ? folder.toUri().toString() : folder.toString(),
                isUri,
                star < 0 ? name : name.substring(0, star),
                star < 0 ? null : name.substring(star + 1));
    }

    /** Returns whether all partitions go into one file. */
    public boolean isOneFile() {
        return suffix == null;
    }

    /** Returns how the files are compressed. */
    public FileCompression compression(OptionalInt level) {
        return FileCompression.of(nameOf(0, 1), level);
    }

    /** Returns the folder of all files. */
    Path folderPath() {
        return isUri
                ? UriPaths.path(URI.create(folder))
                : FileSystems.getDefault().getPath(folder);
    }

    /** Returns the name of the file of a partition: its number has as many digits as that of the last one. */
    String nameOf(int partition, int partitionCount) {
        if (suffix == null) {
            return prefix;
        }
        int digits = Integer.toString(partitionCount - 1).length();
        String number = Integer.toString(partition);
        return prefix + "0".repeat(digits - number.length()) + number + suffix;
    }

    /** Returns whether this target may have given a file its name, for any number of partitions. */
    boolean mayHaveNamed(String name) {
        if (suffix == null) {
            return name.equals(prefix);
        }
        int end = name.length() - suffix.length();
        if (!name.startsWith(prefix) || !name.endsWith(suffix) || end <= prefix.length()) {
            return false;
        }
        for (int i = prefix.length(); i < end; i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Returns what messages call a file of this target. */
    String shown(String name) {
        int nameLength = prefix.length() + (suffix == null ? 0 : suffix.length() + STAR.length());
        return shown.substring(0, Math.max(0, shown.length() - nameLength)) + name;
    }
}

package dev.bag.io;

import dev.bag.Bag;
import dev.bag.value.Utf8;
import java.net.URI;
import java.nio.file.Path;

/**
 * Bags of the lines of text files.
 *
 * <pre>{@code
 * long errors = TextFiles.read("logs/*.gz").filter(line -> line.contains(" ERROR ")).count().compute();
 * }</pre>
 *
 * <p>A line ends with a line feed, which does not belong to its text, and neither does one carriage return before it.
 * The last line may lack a line end. Text is UTF-8 unless it begins with another byte order mark, which never belongs
 * to the text. Compressed files are recognized by their first bytes. All of this and more is changed by
 * {@link #options()}.
 *
 * <p><b>Names.</b> A name that exists is read; a directory stands for its files. A name that does not exist is a
 * pattern: {@code *} is any text in a name, <code>**</code> any number of directories, {@code ?} any character,
 * {@code [a-z]} one of some characters, and <code>{a,b}</code> one of some texts. Patterns and directories leave out
 * names that begin with a dot or an underscore. The files for one name are sorted; the order of the names is kept. A
 * name without any file is an {@link IllegalArgumentException}. A string that begins with a scheme, such as
 * {@code s3://}, is a URI; the {@link java.nio.file.spi.FileSystemProvider} for it must be on the class path.
 *
 * <p><b>Lazy.</b> Calling {@code read} lists files with their sizes and reads none of them. Each action reads the files
 * anew; a file that has another size by then is an error.
 *
 * <p><b>Partitions</b> depend on names and sizes only. A large file is cut into blocks at line ends; small files that
 * follow each other are grouped. A compressed file is never cut, but all threads work on its lines as they are
 * decompressed. Holds a few blocks of up to 1 MiB for each thread, or lines if those are longer, and what the decoders of
 * compressed files need: most for xz, whose files usually ask for 8 MiB.
 *
 * <p><b>Errors.</b> A file that is cut short or corrupt, has changed, or has bytes that are not of its charset fails
 * the run with a {@link dev.bag.BagException} that names the file and the place. Nothing is skipped silently.
 */
public final class TextFiles {

    private TextFiles() {}

    /**
     * Returns a bag of the lines of files, as strings without their line ends.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param pathsOrPatterns at least one path, pattern or URI; see above
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<String> read(String... pathsOrPatterns) {
        return options().read(pathsOrPatterns);
    }

    /**
     * Returns a bag of the lines of files, as strings without their line ends.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param paths at least one file, directory or pattern, of any file system
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<String> read(Path... paths) {
        return options().read(paths);
    }

    /**
     * Returns a bag of the lines of files, as strings without their line ends.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<String> read(URI... uris) {
        return options().read(uris);
    }

    /**
     * Returns a bag of the lines of files as UTF-8 bytes without their line ends, which costs less than making strings of
     * them. Lines of files in other charsets are encoded anew.
     *
     * <p>Each record is a view of a buffer that is used again. Operators copy the views that they keep; code that keeps one
     * itself keeps its {@link Utf8#copy()}. Where an operator keeps objects of which it is not known whether they contain
     * views, such as the lists of a {@code map} that are sorted, the whole buffer is left to them: that is right, and
     * takes more time and memory.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param pathsOrPatterns at least one path, pattern or URI; see above
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<Utf8> readUtf8(String... pathsOrPatterns) {
        return options().readUtf8(pathsOrPatterns);
    }

    /**
     * Returns a bag of the lines of files as UTF-8 bytes without their line ends, which costs less than making strings of
     * them. Lines of files in other charsets are encoded anew.
     *
     * <p>Each record is a view of a buffer that is used again. Operators copy the views that they keep; code that keeps one
     * itself keeps its {@link Utf8#copy()}. Where an operator keeps objects of which it is not known whether they contain
     * views, such as the lists of a {@code map} that are sorted, the whole buffer is left to them: that is right, and
     * takes more time and memory.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param paths at least one file, directory or pattern, of any file system
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<Utf8> readUtf8(Path... paths) {
        return options().readUtf8(paths);
    }

    /**
     * Returns a bag of the lines of files as UTF-8 bytes without their line ends, which costs less than making strings of
     * them. Lines of files in other charsets are encoded anew.
     *
     * <p>Each record is a view of a buffer that is used again. Operators copy the views that they keep; code that keeps one
     * itself keeps its {@link Utf8#copy()}. Where an operator keeps objects of which it is not known whether they contain
     * views, such as the lists of a {@code map} that are sorted, the whole buffer is left to them: that is right, and
     * takes more time and memory.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<Utf8> readUtf8(URI... uris) {
        return options().readUtf8(uris);
    }

    /** Returns the default options, to be changed: charset, line ends, compression, partitions, limits. */
    public static TextReadOptions options() {
        return TextReadOptions.DEFAULT;
    }
}

package dev.bag.io;

import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.Runner;
import dev.bag.value.Utf8;
import java.net.URI;
import java.nio.file.Path;

/**
 * Bags of the lines of text files, and text files of bags.
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
 * {@code s3://}, is a URI; the {@link java.nio.file.spi.FileSystemProvider} for it must be on the class path. A pipe or a
 * device, such as {@code /dev/stdin}, is read if it is named as it is: as one partition, by all threads, and only once, so
 * that a second action on it is an error. Directories and patterns leave them out.
 *
 * <p><b>Archives.</b> A zip, jar, tar (compressed or not) or 7z file, as its name says, means its entries: all files in it in the
 * order of their names, but for those that have a name, or are in a folder, that begins with a dot or an underscore. {@code
 * a.zip!/logs/*.txt} is some of them; what is in front of {@code !/} may be a pattern, too. An entry may be compressed itself;
 * an archive in an archive is an error. Entries are read as they are decompressed, however large they are. The entries of a zip
 * file, and of a tar file that is not compressed, become several partitions where the file is larger than a block. Other archives
 * are read from their beginning on: if the entries in one are not in the order of their names, it is read twice, and once more
 * for each quarter of the heap, divided by the number of processors, that it has. {@code Location} and messages name the entry; no
 * entry for a pattern is an error when the archive is read.
 *
 * <p><b>Web servers.</b> A URI of {@code http} or {@code https} is read by {@link java.net.http.HttpClient}, through the proxy of the JVM.
 * When the bag is built the server is asked for the first byte, and so says the size, the version ({@code ETag} or {@code
 * Last-Modified}) and whether it sends parts. If it does, the file is cut as others are, each partition asks for what it reads, and
 * goes on where a connection broke. If not, the file is one partition, and a connection that breaks fails the task. An overloaded
 * server is asked again a few times, as {@code Retry-After} says. A file that has another version by then, and a server
 * that sends something else than it says, are errors. There are no patterns, because a server does not list its files. Messages
 * leave out users, passwords and queries; a user and a password in a URI are sent to its host, as {@link
 * TextReadOptions#httpHeader headers} are. A server that is silent for 60 seconds is given up; the system property {@code
 * bag.http.timeout} is another number of seconds.
 *
 * <p><b>Lazy.</b> Calling {@code read} lists files with their sizes and reads none of them, but for a few of the first and last
 * bytes of each compressed file that is larger than a block. Each action reads the files anew; a file that has another size
 * by then is an error.
 *
 * <p><b>Partitions</b> depend on names and sizes, and for large compressed files on how they are made; never on the number of
 * cores. A large file is cut into blocks at line ends; small files that follow each other are grouped. A large compressed file is
 * cut if it is made of units that can be decompressed by themselves and found without decompressing:
 * <ul>
 *   <li>gzip whose members say how long they are, as those of {@link #write}, bgzip, MiGz and pgzip do;
 *   <li>blocks of bzip2, in any file;
 *   <li>blocks of xz, if there are several: {@code xz -T} and xz from 5.6 on make them;
 *   <li>frames of Zstandard, if there are several: those of {@link #write}, pzstd and the seekable format; {@code zstd -T} makes
 *       one;
 *   <li>frames of LZ4, and their blocks if they are independent and each has a checksum, as with {@code lz4 -BX};
 *   <li>chunks of Snappy in its own framing.
 * </ul>
 *
 * <p>Every other compressed file is one partition, whose lines all threads work on as they are decompressed; so is one in a charset
 * with characters of two or four bytes. {@code explain()} says which it is. Holds a few blocks of
 * up to 1 MiB for each thread, or lines if those are longer, and what the decoders of compressed files need: most for xz,
 * whose files usually ask for 8 MiB, and up to 7 MB for bzip2.
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

    /**
     * Writes the records of a bag to text files, whole or not at all. <b>Runs the plan.</b>
     *
     * <p>The target is a pattern with one {@code *} in the name of the file, such as {@code out/part-*.txt.gz}: then each
     * partition becomes a file, and the {@code *} its number, from 0, with as many digits as that of the last one. A folder,
     * which exists or ends with a slash, means {@code part-*.txt} in it. A name without {@code *} means one file, in which
     * the partitions follow each other in their order. Folders that do not exist are made.
     *
     * <p><b>Text.</b> UTF-8, with a line feed behind each record, also the last one. An empty partition becomes a file without
     * records. A record that contains a line feed or ends with a carriage return is an error that names it, and so is one that
     * the charset cannot encode: what is written is what is read back.
     *
     * <p><b>Compression</b> follows the extension: {@code .gz} in members that say how long they are (BGZF), {@code .zst} in
     * frames with a seek table, {@code .bz2} and {@code .xz} as streams. Each partition is compressed by its task. Other
     * programs read all of these.
     *
     * <p><b>Whole or not at all.</b> Each attempt at a partition writes a hidden file beside its target, whose name begins
     * with a dot and ends in {@code .tmp}, and forces it to disk. When all partitions are complete, they are renamed in order,
     * each in one step; then {@code _SUCCESS} is written, which lists them with their records, bytes and checksums. If the
     * run fails or is cancelled before, an earlier output stays as it was, and nothing of this one is left. A process that is
     * killed leaves hidden files, which readers leave out, and which are deleted by hand. If it is killed among the renames,
     * some files are new and others are not, each of them whole; only then there is no {@code _SUCCESS}, which is deleted
     * before the first rename and written after the last. One file is replaced in one step, and has no {@code _SUCCESS}.
     *
     * <p><b>Memory.</b> Holds some buffers for each partition that is being written. Each partition is written by one thread
     * at a time; {@code repartition} makes more of them.
     *
     * @param bag of {@code String} or {@link Utf8}, whose bytes are written without making strings of them
     * @param target a file, a folder, or a pattern with one {@code *}
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws dev.bag.BagException if anything fails, such as that a file exists already; then nothing was written
     */
    public static Written write(Bag<? extends Comparable<?>> bag, String target) {
        return writeOptions().write(bag, target);
    }

    /**
     * Writes the records of a bag to text files, as {@link #write(Bag, String)} does. <b>Runs the plan.</b>
     *
     * @param bag of {@code String} or {@link Utf8}
     * @param target a file, a folder, or a pattern with one {@code *}
     * @param runner where the plan runs
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws dev.bag.BagException if anything fails; then nothing was written
     */
    public static Written write(Bag<? extends Comparable<?>> bag, String target, Runner runner) {
        return writeOptions().write(bag, target, runner);
    }

    /**
     * Writes the records of a bag to text files, as {@link #write(Bag, String)} does. <b>Runs the plan.</b>
     *
     * @param bag of {@code String} or {@link Utf8}
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws dev.bag.BagException if anything fails; then nothing was written
     */
    public static Written write(Bag<? extends Comparable<?>> bag, Path target) {
        return writeOptions().write(bag, target);
    }

    /**
     * Writes the records of a bag to text files, as {@link #write(Bag, String)} does. <b>Runs the plan.</b>
     *
     * @param bag of {@code String} or {@link Utf8}
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @param runner where the plan runs
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws dev.bag.BagException if anything fails; then nothing was written
     */
    public static Written write(Bag<? extends Comparable<?>> bag, Path target, Runner runner) {
        return writeOptions().write(bag, target, runner);
    }

    /**
     * Returns a delayed value that writes the records of a bag to text files, as {@link #write(Bag, String)} does. <b>Lazy.</b>
     * Computed together with others, it shares their passes: several outputs and folds read what they share once.
     *
     * <pre>{@code
     * Delayed<Written> written = TextFiles.writeLater(errors, "out/errors-*.txt");
     * Delayed<Long> count = lines.count();
     * Results results = Delayed.computeAll(written, count);
     * }</pre>
     *
     * <p>Each output is whole or not at all. Files are renamed when everything else of the run has succeeded, unless another
     * value is made of the result.
     *
     * @param bag of {@code String} or {@link Utf8}
     * @param target a file, a folder, or a pattern with one {@code *}
     * @throws IllegalArgumentException if nothing can be written to such a name
     */
    public static Delayed<Written> writeLater(Bag<? extends Comparable<?>> bag, String target) {
        return writeOptions().writeLater(bag, target);
    }

    /**
     * Returns a delayed value that writes the records of a bag to text files, as {@link #writeLater(Bag, String)} does.
     * <b>Lazy.</b>
     *
     * @param bag of {@code String} or {@link Utf8}
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @throws IllegalArgumentException if nothing can be written to such a name
     */
    public static Delayed<Written> writeLater(Bag<? extends Comparable<?>> bag, Path target) {
        return writeOptions().writeLater(bag, target);
    }

    /** Returns the default options for writing, to be changed: overwriting, charset, delimiter, compression level. */
    public static TextWriteOptions writeOptions() {
        return TextWriteOptions.DEFAULT;
    }
}

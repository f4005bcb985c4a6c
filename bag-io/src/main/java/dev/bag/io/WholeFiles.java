package dev.bag.io;

import dev.bag.Bag;
import java.net.URI;
import java.nio.file.Path;

/**
 * Bags of whole files: one record for each file, for what is not made of lines, such as pictures or XML documents.
 *
 * <pre>{@code
 * Bag<String> titles = WholeFiles.read("pages/*.html.gz").map(page -> titleOf(page.text()));
 * }</pre>
 *
 * <p>Names are those of {@link TextFiles}. Compressed files are decompressed, however they are called; with {@code
 * options().compression(Compression.NONE)} they are read as they are. An archive is a file like others.
 *
 * <p><b>Lazy.</b> Calling {@code read} lists files with their sizes and reads none of them. Each action reads the files
 * anew; a file that has another size by then is an error.
 *
 * <p><b>Order and partitions.</b> The files for one name are sorted; the order of the names is kept. Small files that follow
 * each other are grouped into one partition by their sizes, and a file is never cut. Holds one file for each thread, while
 * it is decompressed up to twice; a file that is larger than {@link WholeFileOptions#maxFileSize} is an error.
 */
public final class WholeFiles {

    private WholeFiles() {}

    /**
     * Returns a bag of files, each with its name and all its bytes.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param pathsOrPatterns at least one path, pattern or URI, as in {@link TextFiles}
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<FileContent> read(String... pathsOrPatterns) {
        return options().read(pathsOrPatterns);
    }

    /**
     * Returns a bag of files, each with its name and all its bytes.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param paths at least one file, directory or pattern, of any file system
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<FileContent> read(Path... paths) {
        return options().read(paths);
    }

    /**
     * Returns a bag of files, each with its name and all its bytes.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<FileContent> read(URI... uris) {
        return options().read(uris);
    }

    /** Returns the default options, to be changed: compression, partitions, limits. */
    public static WholeFileOptions options() {
        return WholeFileOptions.DEFAULT;
    }
}

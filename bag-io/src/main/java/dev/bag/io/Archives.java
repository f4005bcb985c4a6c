package dev.bag.io;

import dev.bag.Bag;
import java.net.URI;
import java.nio.file.Path;

/**
 * Bags of the files in archives: one record for each entry of a zip (and jar), tar or 7z file.
 *
 * <pre>{@code
 * long words = Archives.read("books/*.zip")
 *         .filter(entry -> entry.name().endsWith(".txt"))
 *         .map(entry -> entry.text().split("\\s+").length)
 *         .sumLong(count -> count)
 *         .compute();
 * }</pre>
 *
 * <p>Content says which format a file has; one that is none of them is an error. A tar file may be compressed in any way that
 * {@link TextFiles} reads. Names are those of {@link TextFiles}; of a folder all files are read, so name the archives by a pattern
 * where it has others. {@code a.zip!/logs/*.txt} is some entries of an archive. Folders, links and devices in an archive are left
 * out. An archive in an archive is an entry like others, not opened.
 *
 * <p><b>Lazy.</b> Calling {@code read} lists archives with their sizes and reads none of them. Each action reads them anew.
 *
 * <p><b>Order and partitions.</b> Entries come in the order of their archive, archives in that of their names. Small archives
 * that follow each other are grouped into one partition by their sizes. A zip file, and a tar file that is not compressed, is several
 * partitions if it is larger than a block, each with about as many bytes of entries; other archives are read by one thread,
 * while all work on their entries.
 *
 * <p><b>Memory.</b> Holds one entry for each thread, while it is decompressed up to twice, and of a zip file its directory;
 * of an archive that is one partition, some entries of about 1 MiB together for each thread. An entry that is larger than {@link ArchiveReadOptions#maxEntrySize} is an error.
 *
 * <p><b>Errors</b> name the archive and the entry. An entry is an error that is encrypted, is compressed by a method that is
 * not read, has not the checksum or the length that the archive says, or is cut. Nothing is ever unpacked to disk, so a name
 * such as {@code ../x} does no harm here: names are labels.
 */
public final class Archives {

    private Archives() {}

    /**
     * Returns a bag of the files in archives.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param pathsOrPatterns at least one path, pattern or URI, as in {@link TextFiles}
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<ArchiveEntry> read(String... pathsOrPatterns) {
        return options().read(pathsOrPatterns);
    }

    /**
     * Returns a bag of the files in archives.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param paths at least one file, directory or pattern, of any file system
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<ArchiveEntry> read(Path... paths) {
        return options().read(paths);
    }

    /**
     * Returns a bag of the files in archives.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<ArchiveEntry> read(URI... uris) {
        return options().read(uris);
    }

    /** Returns the default options, to be changed: partitions, limits. */
    public static ArchiveReadOptions options() {
        return ArchiveReadOptions.DEFAULT;
    }
}

package dev.bag.io;

import dev.bag.io.codec.Limits.AfterFailure;
import dev.bag.io.parts.LineFiles;

/**
 * What becomes of a file that cannot be read, or not to its end: one that is gone, that this process may not read, that is
 * corrupt or cut, or that has changed since the bag was built. A single record that cannot be decoded or parsed is no such
 * failure; see {@link dev.bag.Bag#onError}. Neither is a library that is missing, which fails the run.
 *
 * <p>With another policy than {@link #FAIL} no file is cut into several partitions, so that what is read of it does not
 * depend on where it would be cut; one thread reads it, and all of them work on its lines or rows where its charset allows that. The
 * {@linkplain dev.bag.Report#leftOut() report} of the run names the files that were left out and those that were cut, and so does
 * {@link dev.bag.RunListener#fileLost}.
 */
public enum FileErrorPolicy {

    /** It fails the run. */
    FAIL(AfterFailure.FAIL),
    /**
     * Nothing of the file is read. So that nothing is read of a file that fails at its end, each file is first read, and
     * decompressed, once from beginning to end, which is kept nowhere: reading takes up to twice the time, and no memory; {@code
     * take(1)} reads the first file as a whole. A file that fails after that, because it is changed meanwhile, fails the run. A
     * pipe, which can be read only once, is an error.
     */
    SKIP_FILE(AfterFailure.LEAVE_OUT),
    /**
     * What precedes the failure is read: whole lines, rows or entries, and of a whole file as many bytes as there are. What a
     * codec has decoded before it noticed is part of that, though a checksum at the end could not be compared.
     */
    KEEP_PREFIX(AfterFailure.KEEP_BEGINNING);

    private final AfterFailure afterFailure;

    FileErrorPolicy(AfterFailure afterFailure) {
        this.afterFailure = afterFailure;
    }

    LineFiles of(LineFiles files) {
        return files.withAfterFailure(afterFailure);
    }
}

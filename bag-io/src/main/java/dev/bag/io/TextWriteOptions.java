package dev.bag.io;

import static java.util.Objects.requireNonNull;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.Runner;
import dev.bag.io.write.RecordBytes;
import dev.bag.io.write.Target;
import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * How text files are written. Immutable: each method returns other options and leaves these as they are. Options that cannot
 * be are refused at once, with an {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * Written written = TextFiles.writeOptions().overwrite().compressionLevel(9).write(errors, "out/errors-*.txt.gz");
 * }</pre>
 */
public final class TextWriteOptions {

    static final TextWriteOptions DEFAULT = new TextWriteOptions(RecordBytes.Format.DEFAULT, FileWriting.DEFAULT);

    private final RecordBytes.Format format;
    private final FileWriting files;

    private TextWriteOptions(RecordBytes.Format format, FileWriting files) {
        this.format = format;
        this.files = files;
    }

    /**
     * Replaces an earlier output, instead of an error. All files that the name or the pattern may have named go, whatever the
     * number: those for which there is no partition any more are deleted. It stays as it is until everything is written
     * anew, and if anything fails before.
     *
     * <p>A bag may be written over the files that it was read from, because they are read to their end before the first
     * one is replaced. The bag itself cannot be read again then, because its files have changed.
     */
    public TextWriteOptions overwrite() {
        return new TextWriteOptions(format, files.overwriting());
    }

    /**
     * Sets the charset; UTF-8 by default. A record with a character that it does not have is an error. UTF-16 and
     * UTF-32 write a byte order mark where a file begins; UTF-16BE, UTF-16LE and all others do not.
     *
     * @param charset the charset of all files
     */
    public TextWriteOptions charset(Charset charset) {
        return new TextWriteOptions(new RecordBytes.Format(charset.name(), format.delimiter()), files);
    }

    /**
     * Sets the text that is written behind each record, the last one, too; a line feed by default. A record that contains it
     * is an error.
     *
     * @param delimiter at least one character; all of them must be in the charset, so call {@link #charset} before
     */
    public TextWriteOptions delimiter(String delimiter) {
        requireNonNull(delimiter, "delimiter");
        return new TextWriteOptions(new RecordBytes.Format(format.charset(), delimiter), files);
    }

    /**
     * Keeps each partition that is finished if the run fails, is cancelled, or its process is killed, so that the next run computes
     * only those that are missing. It does so if it is the same: if it writes to the same target with the same options, reads the
     * same files, by name, size and time of change, and its plan has the same operators with the same numbers and texts, and
     * the same number of partitions. If anything differs, all is computed anew, and what was kept is deleted.
     *
     * <p><b>Functions cannot be compared</b>, nor can records that are in memory or come from a source that does not say which
     * data it has: they are known by {@code version} only. So give another version whenever a function in front of the output
     * returns something else than before; otherwise partitions of two versions are mixed. A plan whose functions depend
     * on the time or on chance is of no use here.
     *
     * <p>A partition is kept in a hidden file beside the target, whose length and checksum are compared before it is used. What lies
     * in front of a shuffle is computed again. Only one run at a time may write to a target so, which a lock on a hidden
     * file makes sure of. When the output is complete, nothing hidden is left; nor is it after another run without this has
     * written to the target.
     *
     * @param version stands for the functions of the plan, such as {@code "v3"} or the number of a release
     */
    public TextWriteOptions resume(String version) {
        return new TextWriteOptions(format, files.resuming(version));
    }

    /**
     * Sets how hard the compression tries. Gzip takes 0 to 9, by default 6; Zstandard 1 to 22, by default 3; bzip2 1 to 9,
     * by default 9; xz 0 to 9, by default 3, with 32 MiB of memory for each partition that is being written, and 94 MiB
     * from 5 on.
     *
     * @param compressionLevel as the format of the file means it; checked when that is known
     */
    public TextWriteOptions compressionLevel(int compressionLevel) {
        return new TextWriteOptions(format, files.withLevel(compressionLevel));
    }

    /**
     * Writes the records of a bag, as {@link TextFiles#write(Bag, String)} does, with these options. <b>Runs the plan.</b>
     *
     * @param bag of {@code String} or {@link dev.bag.value.Utf8}
     * @param target a file, a folder, or a pattern with one {@code *}
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws BagException if anything fails; then nothing was written
     */
    public Written write(Bag<? extends Comparable<?>> bag, String target) {
        return files.write(bag, Target.of(target), format);
    }

    /**
     * Writes the records of a bag, as {@link #write(Bag, String)} does.
     *
     * @param bag of {@code String} or {@link dev.bag.value.Utf8}
     * @param target a file, a folder, or a pattern with one {@code *}
     * @param runner where the plan runs
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws BagException if anything fails; then nothing was written
     */
    public Written write(Bag<? extends Comparable<?>> bag, String target, Runner runner) {
        return files.write(bag, Target.of(target), format, runner);
    }

    /**
     * Writes the records of a bag, as {@link #write(Bag, String)} does.
     *
     * @param bag of {@code String} or {@link dev.bag.value.Utf8}
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws BagException if anything fails; then nothing was written
     */
    public Written write(Bag<? extends Comparable<?>> bag, Path target) {
        return files.write(bag, Target.of(target), format);
    }

    /**
     * Writes the records of a bag, as {@link #write(Bag, String)} does.
     *
     * @param bag of {@code String} or {@link dev.bag.value.Utf8}
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @param runner where the plan runs
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws BagException if anything fails; then nothing was written
     */
    public Written write(Bag<? extends Comparable<?>> bag, Path target, Runner runner) {
        return files.write(bag, Target.of(target), format, runner);
    }

    /**
     * Returns a delayed value that writes the records of a bag, as {@link TextFiles#writeLater(Bag, String)} does, with these
     * options. <b>Lazy.</b>
     *
     * @param bag of {@code String} or {@link dev.bag.value.Utf8}
     * @param target a file, a folder, or a pattern with one {@code *}
     * @throws IllegalArgumentException if nothing can be written to such a name
     */
    public Delayed<Written> writeLater(Bag<? extends Comparable<?>> bag, String target) {
        return files.writeLater(bag, Target.of(target), format);
    }

    /**
     * Returns a delayed value that writes the records of a bag, as {@link #writeLater(Bag, String)} does. <b>Lazy.</b>
     *
     * @param bag of {@code String} or {@link dev.bag.value.Utf8}
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @throws IllegalArgumentException if nothing can be written to such a name
     */
    public Delayed<Written> writeLater(Bag<? extends Comparable<?>> bag, Path target) {
        return files.writeLater(bag, Target.of(target), format);
    }
}

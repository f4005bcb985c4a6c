package dev.bag.io;

import static java.util.Objects.requireNonNull;

import dev.bag.io.file.Numbers;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A file in an archive: its name and all its bytes, decompressed. Immutable. */
public final class ArchiveEntry implements Serializable {

    private static final long serialVersionUID = 1;

    private final String archive;
    private final String name;
    private final @Nullable Instant modified;
    private final byte[] bytes;

    /** An entry. The array is not copied, and not changed any more. */
    ArchiveEntry(String archive, String name, @Nullable Instant modified, byte[] bytes) {
        this.archive = requireNonNull(archive, "archive");
        this.name = requireNonNull(name, "name");
        this.modified = modified;
        this.bytes = bytes;
    }

    /** Returns the name that messages show. */
    private String fullName() {
        return archive + "!/" + name;
    }

    /** Returns the path or URI of the archive. */
    public String archive() {
        return archive;
    }

    /**
     * Returns the name of the entry, as the archive says it, with slashes between folders. It may be any text, such as
     * {@code ../x}: check it before a file is given that name.
     */
    public String name() {
        return name;
    }

    /** Returns when the file was changed last, if the archive says it; a zip file may say it in local time. */
    public Optional<Instant> lastModified() {
        return Optional.ofNullable(modified);
    }

    /** Returns how many bytes there are. */
    public int length() {
        return bytes.length;
    }

    /** Returns a new array of all bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Returns the bytes as text: in the charset of the byte order mark that they begin with, which does not belong to the
     * text, or in UTF-8.
     *
     * @throws IllegalArgumentException if some of the bytes are not of that charset; the message names the entry and the
     *     offset
     */
    public String text() {
        return FileContent.decoded(bytes, null, this::fullName);
    }

    /**
     * Returns the bytes as text. A byte order mark of the charset does not belong to it.
     *
     * @param charset the charset of the file
     * @throws IllegalArgumentException if some of the bytes are not of the charset, or if they begin with the mark of
     *     another one; the message names the entry and the offset
     */
    public String text(Charset charset) {
        return FileContent.decoded(bytes, requireNonNull(charset, "charset"), this::fullName);
    }

    /**
     * Returns the lines of the {@linkplain #text() text}, without their ends.
     *
     * <pre>{@code
     * Bag<String> lines = Archives.read("logs/*.zip").flatMapStream(ArchiveEntry::lines);
     * }</pre>
     */
    public Stream<String> lines() {
        return text().lines();
    }

    /** Returns whether the other object is an entry of the same archive, name and time, with the same bytes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ArchiveEntry that
                && archive.equals(that.archive)
                && name.equals(that.name)
                && lastModified().equals(that.lastModified())
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hash(archive, name) + Arrays.hashCode(bytes);
    }

    /** Returns the archive, the name, and how many bytes there are. */
    @Override
    public String toString() {
        return fullName() + " (" + Numbers.grouped(length()) + " bytes)";
    }
}

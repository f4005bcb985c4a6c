package dev.bag.io.file;

import static java.util.Objects.requireNonNull;

import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was when the bag was built: where it is, and how many bytes it has. Holds nothing open.
 *
 * <p>The size of some is not known before they are read: of what the kernel makes up as it is read, such as the files in
 * {@code /proc}; of pipes and devices, which can be read only once; and of what some web servers send.
 */
public final class InputFile implements Serializable {

    private static final long serialVersionUID = 1;

    /** What {@link #byteCount()} returns if the size is not known: more than any file has. */
    private static final long UNKNOWN = Long.MAX_VALUE;

    private static final FileTime UNMODIFIED = FileTime.fromMillis(0);

    /** Where a file is, and how it is opened. Holds nothing open. */
    public interface Place extends Serializable {

        /** Returns what messages call it. Secrets are left out. */
        String name();

        /** Returns the name whose ending tells what is in the file. By default {@link #name()}. */
        default String tellingName() {
            return name();
        }

        /**
         * Opens it.
         *
         * @param file the file, for messages, and as it was when the bag was built
         * @return a channel that is only read from; it need not be able to change its position unless the file {@linkplain
         *     InputFile#canSeek() can}
         */
        SeekableByteChannel open(InputFile file) throws IOException;

        /** Returns whether a few bytes here and there are read at once. By default false. */
        default boolean isLocal() {
            return false;
        }

        /** Returns when the file was last modified. By default the same always, of a file that does not change unnoticed. */
        default FileTime modified() throws IOException {
            return UNMODIFIED;
        }

        /** Returns a text that is another one if the file is. By default when it was last modified. */
        default String versionText() throws IOException {
            return modified().toString();
        }
    }

    /** How a file can be read. */
    public enum Access {
        /** From any byte on. */
        ANY_BYTE,
        /** From its beginning on. */
        FORWARD,
        /** From its beginning on, and never again, as a pipe. */
        ONCE
    }

    /**
     * Which entries of an archive are meant.
     *
     * @param pattern for their names; empty for all
     */
    public record Entries(String pattern, EntryOrder order) implements Serializable {}

    /** In which order the entries of an archive are read. */
    public enum EntryOrder {
        /** As in the archive. */
        OF_ARCHIVE,
        /** By their names. */
        BY_NAME,
        /** By their names, and numbers in them by their values. */
        BY_NAME_AND_NUMBER
    }

    private final transient Place place;

    private final transient long byteCount;

    private final transient Access access;

    /** Which entries of an archive are meant; null if it is read as a file. */
    private final transient @Nullable Entries entries;

    /** The name of the entry that this is, in the archive at {@code place}; null if it is a file. */
    private final transient @Nullable String entry;

    /** Whether it has been opened. Null if it may be opened again and again. */
    private final transient @Nullable AtomicBoolean opened;

    /** Null until something is to be found. Guarded by this. */
    private transient @Nullable Findings findings;

    private InputFile(Place place, long byteCount, Access access, @Nullable Entries entries, @Nullable String entry) {
        this.place = requireNonNull(place, "place");
        this.byteCount = byteCount;
        this.access = access;
        this.entries = entries;
        this.entry = entry;
        this.opened = access == Access.ONCE ? new AtomicBoolean() : null;
    }

    /**
     * A file of a known size.
     *
     * @param path of any file system
     */
    public InputFile(Path path, long byteCount) {
        this(new PathPlace(path), byteCount, Access.ANY_BYTE, null, null);
    }

    /** Returns a file somewhere, of a known size. */
    public static InputFile of(Place place, long byteCount, Access access) {
        return new InputFile(place, byteCount, access, null, null);
    }

    /** Returns a file somewhere, whose size is not known before it is read. */
    public static InputFile ofUnknownSize(Place place) {
        return new InputFile(place, UNKNOWN, Access.FORWARD, null, null);
    }

    /**
     * Returns a file whose size is not known before it is read.
     *
     * @param readOnce whether what was read of it is gone
     */
    public static InputFile ofUnknownSize(Path path, boolean readOnce) {
        return new InputFile(new PathPlace(path), UNKNOWN, readOnce ? Access.ONCE : Access.FORWARD, null, null);
    }

    /** Returns this file as an archive, of which some entries are meant. */
    public InputFile withEntries(String pattern, EntryOrder order) {
        return new InputFile(place, byteCount, access, new Entries(pattern, order), null);
    }

    /** Returns an entry of this archive, whose size is not known before it is read. */
    public InputFile entry(String name) {
        return new InputFile(place, UNKNOWN, Access.FORWARD, null, name);
    }

    /** Returns which entries are meant; null if this is read as a file. */
    public @Nullable Entries entries() {
        return entries;
    }

    /** Returns whether its size is known. */
    public boolean sizeIsKnown() {
        return byteCount != UNKNOWN;
    }

    /** Returns whether it can be read from any byte on, so that its size is known, too. */
    public boolean canSeek() {
        return access == Access.ANY_BYTE;
    }

    /** Returns whether what was read of it is gone, as with a pipe. */
    public boolean isReadOnce() {
        return access == Access.ONCE;
    }

    /**
     * Opens it. If it can be read only once, it must not have been read before.
     *
     * @throws SourceException if it cannot be opened
     */
    public SeekableByteChannel open() throws IOException {
        if (opened != null && opened.getAndSet(true)) {
            throw broken(
                    "this is a pipe or a device, and what was read of it is gone: a bag of it can be read only once.\n"
                            + "  Copy it to a file first, or persist() the bag.",
                    null);
        }
        return place.open(this);
    }

    public Place place() {
        return place;
    }

    /** Returns whether a few bytes here and there are read at once. */
    public boolean isLocal() {
        return entry == null && place.isLocal();
    }

    /** Returns what reading it has found; nothing if it has been modified since. */
    public synchronized Findings findings() {
        FileTime modified = modified();
        Findings found = findings;
        if (found == null || !found.modified().equals(modified)) {
            found = new Findings(modified);
            findings = found;
        }
        return found;
    }

    private FileTime modified() {
        try {
            return place.modified();
        } catch (IOException e) {
            return UNMODIFIED; // reading it will tell
        }
    }

    /** Returns a text that is another one if the file is, beside its size. */
    public String version() throws IOException {
        return place.versionText();
    }

    /** Returns how many lines there are before some bytes of it. */
    public LineCounts lineCounts() {
        return findings().lineCounts();
    }

    /** Its size when the bag was built; {@code Long.MAX_VALUE} if it is not known. */
    public long byteCount() {
        return byteCount;
    }

    /** What messages call it: the path as it was given, outside the default file system its URI, and {@code a.zip!/b}. */
    public String name() {
        return entry == null ? place.name() : place.name() + "!/" + entry;
    }

    /** Returns the name whose ending tells what is in it. */
    public String tellingName() {
        return entry == null ? place.tellingName() : entry;
    }

    /** What messages call a path. */
    public static String nameOf(Path path) {
        return PathPlace.nameOf(path);
    }

    /** Returns the place of the whole file. */
    public Location location() {
        return location(OptionalLong.empty(), OptionalLong.empty());
    }

    /** Returns a place in the file. */
    public Location location(OptionalLong line, OptionalLong offset) {
        return new Location(place.name(), line, offset, Optional.ofNullable(entry));
    }

    /** An error about the whole file. */
    public SourceException broken(String complaint, @Nullable Throwable cause) {
        return broken(location(), complaint, cause);
    }

    /** An error at a byte of the file. */
    public SourceException brokenAt(long offset, String complaint, @Nullable Throwable cause) {
        return broken(location(OptionalLong.empty(), OptionalLong.of(offset)), complaint, cause);
    }

    /** An error about a file that is not what it was when the bag was built. */
    public SourceException changed(String how) {
        return broken(
                "the file has changed" + how
                        + "\n  Leave out files that are still being written, or build the bag again.",
                null);
    }

    private SourceException broken(Location location, String complaint, @Nullable Throwable cause) {
        return new SourceException(location, name() + ": " + complaint, cause);
    }

    @Override
    public String toString() {
        return entries == null || entries.pattern.isEmpty() ? name() : name() + "!/" + entries.pattern;
    }

    private Object writeReplace() {
        return new Described(place, byteCount, access, entries, entry);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("an InputFile is read from its description");
    }

    private record Described(
            Place place,
            long byteCount,
            Access access,
            @Nullable Entries entries,
            @Nullable String entry) implements Serializable {

        private Object readResolve() {
            return new InputFile(place, byteCount, access, entries, entry);
        }
    }
}

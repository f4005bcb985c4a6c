package dev.bag.io.archive;

import dev.bag.io.file.InputFile;
import dev.bag.io.file.Numbers;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Errors that name an archive and an entry of it. */
public final class EntryFailures {

    private EntryFailures() {}

    /** Returns where an entry is. */
    public static Location location(InputFile file, String entry) {
        return new Location(file.name(), OptionalLong.empty(), OptionalLong.empty(), Optional.of(entry));
    }

    /** Returns an error about an entry. */
    public static SourceException of(InputFile file, String entry, String complaint, @Nullable Throwable cause) {
        Location location = location(file, entry);
        return new SourceException(location, location + ": " + complaint, cause);
    }

    /** Returns the error that an entry has not the length that the archive says. */
    public static SourceException wrongSize(InputFile file, String entry, long count, long said) {
        return of(
                file,
                entry,
                "it has " + Numbers.grouped(count) + " bytes, but the archive says " + Numbers.grouped(said)
                        + ".\n  The archive is corrupt or cut.",
                null);
    }

    static SourceException encrypted(InputFile file, String entry) {
        return of(
                file,
                entry,
                "the entry is encrypted, and no password can be given.\n  Decrypt the archive first.",
                null);
    }
}

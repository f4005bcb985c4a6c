package dev.bag.source;

import java.io.Serializable;
import java.util.Objects;

/**
 * A file that cannot be read, or not to its end, and that does not fail the run because an option of its source says so.
 *
 * @param failure what would have been thrown, with the place
 * @param isCut whether what precedes the failure was read; false if nothing of the file was
 */
public record FileLoss(SourceException failure, boolean isCut) implements Serializable {

    /** Checks that there is a failure. */
    public FileLoss {
        Objects.requireNonNull(failure, "failure");
    }
}

package dev.bag;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run did; the last event that a {@link RunListener} gets of it.
 *
 * @param run the number of the run, unique within the JVM
 * @param what what was computed: the operators from a source to the action
 * @param elapsed from the beginning of the action, or of reading the stream, to the end
 * @param failure why it failed, with an empty trace; empty if it did not, and for a stream that was closed early
 * @param spilledBytes the number of bytes written to disk, because memory was short or because that was asked for
 * @param spilledFiles the number of files written
 * @param peakMemoryBytes about how many bytes the run held at most at any time in groupings, joins, sorts and persisted
 *     bags; in the scale of {@link Runner.Builder#memory}
 * @param bytesPassedOver how many bytes of the input were left out because an option of a source says so; only of what was
 *     read to its end
 */
public record Report(
        long run,
        String what,
        Duration elapsed,
        Optional<BagException> failure,
        long spilledBytes,
        int spilledFiles,
        long peakMemoryBytes,
        long bytesPassedOver) {

    /** Checks that nothing is null. */
    public Report {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(failure, "failure");
    }

    /** Returns whether nothing failed. */
    public boolean isSuccessful() {
        return failure.isEmpty();
    }
}

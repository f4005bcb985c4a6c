package dev.bag;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run did, told when it is over by {@link RunListener#runEnded}.
 *
 * @param run the number of the run, which no other run of this JVM has
 * @param what what was computed: the operators from a source to the action
 * @param elapsed from the beginning of the action, or of reading the stream, to the end
 * @param failure why it failed, with an empty trace; empty when it did not, and for a stream that was closed early
 * @param spilledBytes how many bytes were written to disk because memory was short, or because that was asked for
 * @param spilledFiles to how many files
 * @param peakMemoryBytes about how many bytes the run kept at most at any time in groupings, joins, sorts and what is
 *     persisted; in the scale of {@link Runner.Builder#memory}
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

    /** Whether nothing failed. */
    public boolean isSuccessful() {
        return failure.isEmpty();
    }
}

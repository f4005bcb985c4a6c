package dev.bag;

import java.time.Duration;
import java.util.List;
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
 * @param leftOut the records and files that were left out because a policy or an option says so
 */
public record Report(
        long run,
        String what,
        Duration elapsed,
        Optional<BagException> failure,
        long spilledBytes,
        int spilledFiles,
        long peakMemoryBytes,
        long bytesPassedOver,
        LeftOut leftOut) {

    /** Checks that nothing is null. */
    public Report {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(leftOut, "leftOut");
    }

    /**
     * What a run has left out; see {@link Bag#onError}. A record counts once however often its task was run again, and a file
     * however many partitions read it. Of a run that failed: what was left out until then.
     *
     * @param records the number of records that were left out
     * @param firstRecords why, for the first 100 of them in order, each with an empty trace
     * @param files the number of files that were left out as a whole
     * @param cutFiles the number of files that were read only as far as they can be
     * @param firstFiles why, for the first 100 files of both kinds by name, each with an empty trace
     */
    public record LeftOut(
            long records, List<BagException> firstRecords, int files, int cutFiles, List<BagException> firstFiles) {

        /** Nothing was left out. */
        static final LeftOut NOTHING = new LeftOut(0, List.of(), 0, 0, List.of());

        /** Copies the lists. */
        public LeftOut {
            firstRecords = List.copyOf(firstRecords);
            firstFiles = List.copyOf(firstFiles);
        }

        /** Returns whether nothing was left out. */
        public boolean isNothing() {
            return records == 0 && files == 0 && cutFiles == 0;
        }
    }

    /** Returns whether nothing failed. */
    public boolean isSuccessful() {
        return failure.isEmpty();
    }
}

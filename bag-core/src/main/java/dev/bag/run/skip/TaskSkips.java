package dev.bag.run.skip;

import dev.bag.kernel.Operator.Cover;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.OperatorFailure;
import dev.bag.kernel.Skips;
import dev.bag.source.FileLoss;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one attempt at a task, or at a chunk of one, has left out. One thread at a time uses it. */
public final class TaskSkips extends Skips {

    /** How many failures are kept to be told; further ones are counted, and listed in files. */
    static final int MOST_KEPT = 1_000;

    private static final int MOST_BUFFERED = 64 << 10;

    private final RunSkips run;
    private final int stage;
    private final int task;
    private final int chunk;
    private final Told told;
    /** Null while there is nothing, as with nearly all tasks. */
    private @Nullable LeftOut leftOut;

    private static final class LeftOut {
        final Map<Spot, Integer> counts = new LinkedHashMap<>();
        final List<Skip> kept = new ArrayList<>();
        final Map<LetterFile, Letters> letters = new LinkedHashMap<>();
        final List<Lost> files = new ArrayList<>();

        @Nullable OperatorFailure last;

        /** Forgets what was not needed. */
        void drop(Needless needless) {
            counts.keySet().removeIf(spot -> needless.test(spot.cover().node()));
            kept.removeIf(skip -> !counts.containsKey(skip.spot()));
            letters.values().forEach(lines -> lines.written.removeIf(letter -> !counts.containsKey(letter.spot())));
            if (needless.test(-1)) {
                files.clear();
            }
            OperatorFailure known = last;
            if (known != null && !counts.containsKey(spotOf(known))) {
                last = kept.isEmpty() ? null : kept.get(kept.size() - 1).failure();
            }
        }
    }

    /** Hears of what is left out. */
    public interface Told {

        /** A record is left out because of {@code failure}. */
        void skipped(OperatorFailure failure);

        /** A file is left out, or cut, because of {@code failure}. */
        void lost(OperatorFailure failure, boolean isCut);
    }

    /** Says of a stage that is over what of the work of a task was not needed, because what came before had decided the results. */
    @FunctionalInterface
    public interface Needless {

        /** Returns whether no result has needed what operation {@code node} has made; for -1, what the task has made at all. */
        boolean test(int node);
    }

    /** Where the records of this are among all of the run. */
    record Position(int stage, int task, int chunk) implements Comparable<Position> {

        @Override
        public int compareTo(Position other) {
            int byStage = Integer.compare(stage, other.stage);
            int byTask = byStage == 0 ? Integer.compare(task, other.task) : byStage;
            return byTask == 0 ? Integer.compare(chunk, other.chunk) : byTask;
        }
    }

    /** An operation in a partition. */
    record Spot(Cover cover, int partition) {}

    /**
     * One skip.
     *
     * @param number how many there are before it at its spot, in this
     */
    record Skip(Spot spot, int number, OperatorFailure failure) {}

    /** A file of a source. */
    record Lost(OperatorFailure failure, FileLoss loss) {}

    /** A line, where it was written. */
    record Letter(Spot spot, int number, LetterFile.Piece piece) {}

    TaskSkips(RunSkips run, int stage, int task, int chunk, Told told) {
        this.run = run;
        this.stage = stage;
        this.task = task;
        this.chunk = chunk;
        this.told = told;
    }

    private LeftOut leftOut() {
        LeftOut all = leftOut == null ? new LeftOut() : leftOut;
        leftOut = all;
        return all;
    }

    /** The lines for one file. */
    private static final class Letters {

        private final LetterFile file;
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        /** Those that are in the file, and those that are still in the buffer, with their places there. */
        private final List<Letter> written = new ArrayList<>();

        private final List<Letter> buffered = new ArrayList<>();

        Letters(LetterFile file) {
            this.file = file;
        }

        void add(Spot spot, int number, byte[] line) throws IOException {
            buffered.add(new Letter(spot, number, new LetterFile.Piece(buffer.size(), line.length)));
            buffer.writeBytes(line);
            if (buffer.size() > MOST_BUFFERED) {
                flush();
            }
        }

        void flush() throws IOException {
            long begin = file.append(buffer.toByteArray(), buffer.size());
            for (Letter letter : buffered) {
                LetterFile.Piece piece = letter.piece();
                LetterFile.Piece moved = new LetterFile.Piece(begin + piece.offset(), piece.length());
                written.add(new Letter(letter.spot(), letter.number(), moved));
            }
            buffered.clear();
            buffer.reset();
        }
    }

    @Override
    protected void add(OperatorFailure failure) {
        LeftOut all = leftOut();
        Spot spot = spotOf(failure);
        int number = all.counts.merge(spot, 1, Integer::sum) - 1;
        all.last = failure;
        run.check(this);
        if (all.kept.size() < MOST_KEPT) {
            all.kept.add(new Skip(spot, number, failure));
        }
        for (LetterFile file : run.files(spot.cover().policies())) {
            Letters lines = all.letters.computeIfAbsent(file, Letters::new);
            OperatorFailure.naming(RunSkips.ON_ERROR, () -> {
                lines.add(spot, number, DeadLetter.of(failure));
                return lines;
            });
        }
    }

    /** Adds what a task has left out in another process. */
    public void addAll(List<OperatorFailure> failures) {
        failures.forEach(this::add);
    }

    @Override
    public void addFiles(Place place, List<FileLoss> losses) {
        for (FileLoss loss : losses) {
            leftOut().files.add(new Lost(place.failure(null, loss.failure()), loss));
        }
    }

    /**
     * Lets this count.
     *
     * @param needless asked when the stage is over; null if all of it counts
     */
    public void commit(@Nullable Needless needless) {
        nothingIsPushed();
        LeftOut all = leftOut;
        if (all != null) {
            for (Letters lines : all.letters.values()) {
                OperatorFailure.naming(RunSkips.ON_ERROR, () -> {
                    lines.flush();
                    return lines;
                });
            }
            run.commit(this, needless);
        }
    }

    /** Forgets what was not needed. */
    void drop(Needless needless) {
        if (leftOut != null) {
            leftOut.drop(needless);
        }
    }

    private static Spot spotOf(OperatorFailure failure) {
        return new Spot(failure.operator().cover(), failure.partition().orElse(0));
    }

    Position position() {
        return new Position(stage, task, chunk);
    }

    Told told() {
        return told;
    }

    /** How many records were left out at each spot. */
    Map<Spot, Integer> counts() {
        return leftOut == null ? Map.of() : leftOut.counts;
    }

    /** The first skips, to be told. */
    List<Skip> kept() {
        return leftOut == null ? List.of() : leftOut.kept;
    }

    List<Lost> files() {
        return leftOut == null ? List.of() : leftOut.files;
    }

    /** The lines for {@code file}. */
    List<Letter> letters(LetterFile file) {
        Letters lines = leftOut == null ? null : leftOut.letters.get(file);
        return lines == null ? List.of() : lines.written;
    }

    /** The failure of the last record that was left out. */
    @Nullable OperatorFailure last() {
        return leftOut == null ? null : leftOut.last;
    }
}

package dev.bag.run.skip;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Policy;
import dev.bag.kernel.OperatorFailure;
import dev.bag.run.skip.TaskSkips.Lost;
import dev.bag.run.skip.TaskSkips.Needless;
import dev.bag.run.skip.TaskSkips.Position;
import dev.bag.run.skip.TaskSkips.Skip;
import dev.bag.run.skip.TaskSkips.Spot;
import dev.bag.value.ErrorPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one run has left out: counted once, whatever attempts there were, and compared with the limits of the policies.
 *
 * <p>Guarded by this, unless something else is said. Only tasks that have left something out come here.
 */
public final class RunSkips {

    /** Named by failures of the files of dead letters. */
    static final Operator ON_ERROR = new Operator("onError", "onError", () -> "onError");

    /** How many of the failures are in the summary. */
    private static final int MOST_SHOWN = 100;

    /** By their paths; complete before the run begins, as the map below. */
    private final Map<Path, LetterFile> files = new LinkedHashMap<>(0);

    private final Map<Integer, LetterFile> filesOfPolicies = new HashMap<>(0);
    private final Map<Integer, Long> totals = new HashMap<>(0);
    private final Map<Place, Tally> tallies = new HashMap<>(0);
    private final Map<Integer, List<Undecided>> undecided = new HashMap<>(0);
    private final Map<LetterFile, TreeMap<Position, List<LetterFile.Piece>>> pieces = new HashMap<>(0);
    private final List<Shown> shown = new ArrayList<>(0);
    private final Map<String, Lost> filesLost = new LinkedHashMap<>(0);
    private final Set<String> filesCut = new HashSet<>(0);
    private long recordCount;

    /** A spot, whichever reading comes to it. */
    private record Place(int node, int partition) {

        static Place of(Spot spot) {
            return new Place(spot.cover().node(), spot.partition());
        }
    }

    /** A stage, and which of the copies in it. */
    private record Reading(int stage, int copy) {

        static Reading of(Spot spot, Position position) {
            return new Reading(position.stage(), spot.cover().copy());
        }
    }

    /** How much each reading has left out at a place. */
    private static final class Tally {

        private final Map<Reading, Long> readings = new HashMap<>(1);
        private long most;

        long of(Reading reading) {
            return readings.getOrDefault(reading, 0L);
        }
    }

    private record Undecided(TaskSkips task, Needless needless) {}

    private record Shown(Position position, int number, OperatorFailure failure) {}

    /** What is left out of a run. */
    public interface Summary {

        /**
         * Takes it.
         *
         * @param records how many records
         * @param first why, for the first ones of them in order
         * @param files how many files as a whole
         * @param cut how many files have lost their ends
         * @param lost why, for the first ones of both in the order of their names
         */
        void take(long records, List<OperatorFailure> first, int files, int cut, List<OperatorFailure> lost);
    }

    /** Refuses a policy that names a file in which there is something else than dead letters. */
    public static void check(ErrorPolicy policy) {
        policy.deadLetters().ifPresent(LetterFile::check);
    }

    /** Adds a policy of the run, before it begins. */
    public synchronized void add(int number, ErrorPolicy policy) {
        policy.deadLetters()
                .ifPresent(path -> filesOfPolicies.put(
                        number, files.computeIfAbsent(path.toAbsolutePath().normalize(), LetterFile::new)));
    }

    /** Returns whether files are written. */
    public boolean writesFiles() {
        return !files.isEmpty();
    }

    /** Makes sure that the files can be written, before anything is read. */
    public void begin() {
        for (LetterFile file : files.values()) {
            OperatorFailure.naming(ON_ERROR, () -> {
                file.begin();
                return file;
            });
        }
    }

    /** Returns the files of policies, each once. */
    Set<LetterFile> files(List<Policy> policies) {
        Set<LetterFile> found = new LinkedHashSet<>();
        for (Policy policy : policies) {
            LetterFile file = filesOfPolicies.get(policy.number());
            if (file != null) {
                found.add(file);
            }
        }
        return found;
    }

    /** Throws if what {@code task} has left out, with all that is committed, is more than a policy lets pass. */
    synchronized void check(TaskSkips task) {
        OperatorFailure last = task.last();
        if (last != null) {
            for (Policy policy : policies(task)) {
                throwIfTooMany(policy, total(policy) + added(task, policy), last);
            }
        }
    }

    private static void throwIfTooMany(Policy policy, long count, OperatorFailure last) {
        if (count > policy.policy().limit()) {
            throw last.beyondLimit(policy.policy(), count);
        }
    }

    private static Set<Policy> policies(TaskSkips task) {
        Set<Policy> policies = new HashSet<>();
        task.counts().keySet().forEach(spot -> policies.addAll(spot.cover().policies()));
        return policies;
    }

    private long total(Policy policy) {
        return totals.getOrDefault(policy.number(), 0L);
    }

    /** How many more there would be with those of {@code task}. */
    private long added(TaskSkips task, Policy policy) {
        long added = 0;
        for (Map.Entry<Spot, Integer> count : task.counts().entrySet()) {
            Spot spot = count.getKey();
            if (spot.cover().policies().contains(policy)) {
                Tally tally = tallies.get(Place.of(spot));
                long before = tally == null ? 0 : tally.of(Reading.of(spot, task.position()));
                added += Math.max(0, before + count.getValue() - (tally == null ? 0 : tally.most));
            }
        }
        return added;
    }

    synchronized void commit(TaskSkips task, @Nullable Needless needless) {
        if (needless == null) {
            check(task);
            count(task);
        } else {
            undecided
                    .computeIfAbsent(task.position().stage(), stage -> new ArrayList<>())
                    .add(new Undecided(task, needless));
        }
    }

    /** A stage is over: now it is known which of its tasks count. */
    synchronized void settle(int stage) {
        List<Undecided> waiting = undecided.remove(stage);
        if (waiting == null) {
            return;
        }
        waiting.sort(Comparator.comparing(each -> each.task().position()));
        for (Undecided each : waiting) {
            each.task().drop(each.needless());
            check(each.task());
            count(each.task());
        }
    }

    private void count(TaskSkips task) {
        Map<Spot, Long> before = new HashMap<>();
        Map<Spot, Long> known = new HashMap<>();
        task.counts().forEach((spot, count) -> {
            Tally tally = tallies.computeIfAbsent(Place.of(spot), place -> new Tally());
            Reading reading = Reading.of(spot, task.position());
            before.put(spot, tally.of(reading));
            known.put(spot, tally.most);
            long now = tally.of(reading) + count;
            tally.readings.put(reading, now);
            long added = Math.max(0, now - tally.most);
            tally.most += added;
            recordCount += added;
            spot.cover().policies().forEach(policy -> totals.merge(policy.number(), added, Long::sum));
        });
        for (Skip skip : task.kept()) {
            if (isNew(skip.spot(), skip.number(), before, known)) {
                task.told().skipped(skip.failure());
                show(new Shown(task.position(), skip.number(), skip.failure()));
            }
        }
        for (LetterFile file : files.values()) {
            for (TaskSkips.Letter letter : task.letters(file)) {
                if (isNew(letter.spot(), letter.number(), before, known)) {
                    add(file, task.position(), letter.piece());
                }
            }
        }
        task.files().forEach(lost -> add(lost, task));
    }

    private static boolean isNew(Spot spot, int number, Map<Spot, Long> before, Map<Spot, Long> known) {
        return before.getOrDefault(spot, 0L) + number >= known.getOrDefault(spot, 0L);
    }

    private void show(Shown next) {
        shown.add(next);
        if (shown.size() == 2 * MOST_SHOWN) {
            shown.sort(Comparator.comparing(Shown::position)); // stable, so those of a task stay in their order
            shown.subList(MOST_SHOWN, shown.size()).clear();
        }
    }

    private void add(LetterFile file, Position position, LetterFile.Piece piece) {
        List<LetterFile.Piece> known = pieces.computeIfAbsent(file, each -> new TreeMap<>())
                .computeIfAbsent(position, each -> new ArrayList<>(1));
        LetterFile.Piece last = known.isEmpty() ? null : known.get(known.size() - 1);
        if (last != null && last.offset() + last.length() == piece.offset()) {
            known.set(known.size() - 1, new LetterFile.Piece(last.offset(), last.length() + piece.length()));
        } else {
            known.add(piece);
        }
    }

    /** A file counts once, whichever of its partitions tells of it. */
    private void add(Lost lost, TaskSkips task) {
        String name = lost.loss().failure().location().file();
        if (filesLost.putIfAbsent(name, lost) == null) {
            if (lost.loss().isCut()) {
                filesCut.add(name);
            }
            task.told().lost(lost.failure(), lost.loss().isCut());
        }
    }

    /** Everything has been read: gives the files their names. */
    public synchronized void finish() {
        for (LetterFile file : files.values()) {
            List<LetterFile.Piece> ordered = new ArrayList<>();
            pieces.getOrDefault(file, new TreeMap<>()).values().forEach(ordered::addAll);
            OperatorFailure.naming(ON_ERROR, () -> {
                file.finish(ordered);
                return file;
            });
        }
    }

    /** The run is over. */
    public void close() throws Exception {
        Closing closing = new Closing();
        files.values().forEach(file -> closing.add(file::close));
        closing.closeAll();
    }

    /** Tells what was left out, if anything was. */
    public synchronized void summarize(Summary summary) {
        if (recordCount == 0 && filesLost.isEmpty()) {
            return;
        }
        shown.sort(Comparator.comparing(Shown::position));
        List<OperatorFailure> first =
                shown.stream().limit(MOST_SHOWN).map(Shown::failure).toList();
        List<OperatorFailure> lost = new TreeMap<>(filesLost)
                .values().stream().limit(MOST_SHOWN).map(Lost::failure).toList();
        summary.take(recordCount, first, filesLost.size() - filesCut.size(), filesCut.size(), lost);
    }
}

package dev.bag.run.call;

import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Operator;
import dev.bag.plan.Value;
import dev.bag.run.call.Failure.Origin;
import dev.bag.schedule.Alarm;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.value.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one run. They may bring more while it runs.
 *
 * <p>Protocol. As many <i>lanes</i> as the run has threads take ready tasks, each a batch of the scheduler. A lane that
 * finds no task ends: it counts itself off first, and then looks once more. A thread that makes tasks ready puts them where
 * lanes look first, and then starts a lane if fewer run than may. So one of both sees the other. A lane ends after some
 * time anyway, and is followed by another one, so that other runs have their turn.
 */
public final class CallGraph {

    private static final long STINT_NANOS = 5_000_000;
    /** A block of tasks should take no longer. */
    private static final long BLOCK_NANOS = 20_000;

    private static final int LARGEST_BLOCK = 256;
    /** So many tasks that follow each other are run without looking at the time. */
    private static final int CHAIN = 64;

    private final int threads;
    private final Retry retry;
    private final @Nullable Duration timeout;
    private final Supplier<? extends CallMeter> meters;
    private final Alarm alarm;
    private final Function<Supplier<String>, CallWatch> watches;
    private final TaskRunner runner;
    private final boolean isWatched;
    private final ReadyTasks ready;
    private final AtomicInteger lanes = new AtomicInteger(1);
    /** By number; only in a graph with regions. */
    private final ConcurrentMap<Long, CallTask> known = new ConcurrentHashMap<>();
    /** Calls that may become needless while they run. */
    private final ConcurrentMap<CallTask, AttemptedCall> running = new ConcurrentHashMap<>();

    /** What brings back tasks that wait for a value. */
    private final Set<Runnable> helpers = ConcurrentHashMap.newKeySet();

    private final OwnThreads ownThreads = new OwnThreads();
    /** What is linked when the run begins. */
    private final List<Fragment> first = new ArrayList<>(1);

    private final List<CallTask> asked = new ArrayList<>(0);
    /** What is done then besides. */
    private final List<Consumer<Turn>> begun = new ArrayList<>(0);

    private final Batch begin = new Begin();
    private boolean isOpen;
    private volatile boolean hasRaces;
    /** Calls of functions that have been added. */
    private final LongAdder knownCalls = new LongAdder();

    private int calls;

    /**
     * A graph without calls.
     *
     * @param threads how many calls run at the same time
     * @param retry how often a call is attempted that does not say so itself
     * @param timeout how long a call may take that does not say so itself; null if that does not matter
     * @param watches makes what is told of a call, of which it is given a name; null if nothing is
     * @param meters makes what is told when functions are called; one for each thread, and each call that may be attempted again
     * @param alarm brings what waits
     * @param bags computes values of bags in a run of their own
     */
    public CallGraph(
            int threads,
            Retry retry,
            @Nullable Duration timeout,
            @Nullable Function<Supplier<String>, CallWatch> watches,
            Supplier<? extends CallMeter> meters,
            Alarm alarm,
            CheckedFunction<List<Value<?>>, List<@Nullable Object>> bags) {
        this.threads = threads;
        this.retry = retry;
        this.timeout = timeout;
        this.meters = meters;
        this.alarm = alarm;
        this.isWatched = watches != null;
        this.watches = watches == null ? name -> CallWatch.NONE : watches;
        this.runner = new TaskRunner(this, bags);
        this.ready = new ReadyTasks(threads);
    }

    // ---- before the run ----

    /** Adds {@code wanted}, unless a bag is among what they need; then returns null. */
    public @Nullable List<Supplier<@Nullable Object>> addAll(List<? extends Value<?>> wanted) {
        Fragment fragment = new Fragment(this, wanted, Long.MAX_VALUE, false);
        CallTask[] made = fragment.make();
        if (made == null) {
            return null;
        }
        isOpen = fragment.isOpen();
        first.add(fragment);
        List<Supplier<@Nullable Object>> results = new ArrayList<>(made.length);
        for (CallTask task : made) {
            asked.add(task);
            results.add(result(task));
        }
        return results;
    }

    /** Says that calls may bring more. Before any is added. */
    public void open() {
        isOpen = true;
    }

    /** Returns a task whose value a batch will bring. */
    public CallTask expected(@Nullable Long number) {
        CallTask task = new CallTask(Region.NOWHERE, null).unasked();
        if (isOpen && number != null) {
            task.use();
            know(number, task);
        }
        return task;
    }

    /** Returns a task whose value is there. */
    public static CallTask given(@Nullable Object value) {
        return new CallTask(Region.NOWHERE, null).given(value);
    }

    /** Adds a call, which runs when it is asked for. */
    public CallTask call(Value.Computed<?> node, List<CallTask> arguments, Operator operator, CallWatch watch) {
        CallTask task = new CallTask(new Region.Single(operator, watch, isOpen), node).unasked();
        arguments.forEach(CallTask::use);
        if (arguments.size() == 1) {
            task.arguments = arguments.get(0);
        } else if (!arguments.isEmpty()) {
            task.arguments = arguments.toArray(CallTask[]::new);
        }
        if (isOpen) {
            know(node.id(), task);
        }
        calls++;
        if (Fragment.isCall(node)) {
            brings(1);
        }
        return task;
    }

    /** Asks for a value from the beginning; the run fails if it cannot be computed. Returns it, when the run is over. */
    public Supplier<@Nullable Object> result(CallTask task) {
        return () -> {
            if (!task.isSettled()) {
                throw new IllegalStateException("the value is not there yet");
            }
            return task.value();
        };
    }

    /** Asks for a value from the beginning, which is never dropped. */
    public Supplier<@Nullable Object> wanted(CallTask task) {
        task.use();
        asked.add(task);
        return result(task);
    }

    /** Lets {@code batch} wait for {@code task}, whose value {@code then} takes. */
    public void before(Batch batch, CallTask task, Consumer<@Nullable Object> then) {
        task.use();
        asked.add(task);
        batch.awaitOneMore();
        CallTask.Waiter waiter = (settled, turn) -> {
            Failure failure = settled.failure();
            if (failure != null) {
                turn.failRun(failure);
            } else {
                then.accept(settled.value());
                batch.oneIsThere(turn.execution);
            }
        };
        if (!task.follow(waiter)) {
            begun.add(turn -> turn.await(task, waiter));
        }
    }

    /** One reader more, later. */
    public static void use(CallTask task) {
        task.use();
    }

    /** Returns the batch with which calls begin, or null if there are none. */
    public @Nullable Batch beginning() {
        return calls == 0 && asked.isEmpty() && begun.isEmpty() ? null : begin;
    }

    private final class Begin extends Batch {
        Begin() {
            super(1);
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            Turn turn = new Turn(CallGraph.this, execution);
            for (Fragment fragment : first) {
                fragment.link(turn);
            }
            for (CallTask task : asked) {
                turn.await(task, (settled, now) -> {
                    Failure failure = settled.failure();
                    if (failure != null) {
                        now.failRun(failure);
                    }
                });
                ask(task, turn);
            }
            begun.forEach(each -> each.accept(turn));
            first.clear();
            asked.clear();
            begun.clear();
            turn.publish();
            throwIf(turn.failure());
            work(execution);
        }
    }

    private static void throwIf(@Nullable Throwable failure) throws Throwable {
        if (failure != null) {
            throw failure;
        }
    }

    // ---- while it runs ----

    /** Brings the value of a task that was {@linkplain #expected expected}. */
    public void bring(CallTask task, @Nullable Object value, Execution execution) throws Throwable {
        Turn turn = new Turn(this, execution);
        turn.succeed(task, value);
        turn.publish();
        throwIf(turn.failure());
    }

    /** Asks for a value now; its readers were counted before. */
    public void ask(CallTask task, Execution execution) {
        Turn turn = new Turn(this, execution);
        ask(task, turn);
        turn.publish();
    }

    /** As above, and all that it needs. */
    void ask(CallTask top, Turn turn) {
        List<CallTask> found = new ArrayList<>();
        List<CallTask> open = new ArrayList<>();
        open.add(top);
        while (!open.isEmpty()) {
            CallTask task = open.remove(open.size() - 1);
            if (task.work != null && task.ask()) {
                found.add(task);
                open.addAll(List.of(task.argumentList()));
            }
        }
        for (int i = found.size() - 1; i >= 0; i--) {
            turn.link(found.get(i));
        }
    }

    /** Returns the value of a task that is settled; throws if it has failed. */
    public static @Nullable Object value(CallTask task) throws Throwable {
        Failure failure = task.failure();
        if (failure != null) {
            throw failure.named();
        }
        return task.value();
    }

    /**
     * Calls {@code then} once, when {@code task} is settled, or may be helped with: at once if it is, or where so many threads
     * wait that none may be left to run calls.
     */
    public void whenSettled(CallTask task, Runnable then) {
        AtomicBoolean isCalled = new AtomicBoolean();
        Runnable once = () -> {
            if (isCalled.compareAndSet(false, true)) {
                then.run();
            }
        };
        helpers.add(once);
        boolean isLater = task.follow((CallTask.Waiter) (settled, turn) -> {
            helpers.remove(once);
            once.run();
        });
        if (!isLater) {
            helpers.remove(once);
            once.run();
        }
    }

    /** One reader of {@code task} has read it. */
    public void release(CallTask task, Execution execution) {
        Turn turn = new Turn(this, execution);
        turn.releaseAndSettle(task);
        turn.publish();
    }

    /** Runs calls on this thread until {@code task} is settled, or there is none to run. */
    public void help(CallTask task, Execution execution) throws Throwable {
        Turn turn = new Turn(this, execution);
        try {
            while (!task.isSettled() && !execution.stopping()) {
                CallTask next = ready.take();
                if (next == null) {
                    return;
                }
                runner.run(next, turn);
                turn.publish();
                throwIf(turn.failure());
            }
        } finally {
            turn.leave();
        }
    }

    /** Returns how many calls of functions are known so far. May be asked by any thread. */
    public long knownCalls() {
        return knownCalls.sum();
    }

    /** So many calls of functions are added. */
    void brings(int count) {
        knownCalls.add(count);
    }

    boolean isOpen() {
        return isOpen;
    }

    CallWatch newWatch(Supplier<String> name) {
        return watches.apply(name);
    }

    /** Whether a call may have to be told of, stopped, or run once more. */
    boolean isPlain(Value.Manner manner) {
        return manner.isPlain() && !isWatched && retry.attempts() == 1 && timeout == null && !hasRaces;
    }

    /** From now on, a call may have to be stopped. */
    void hasRace() {
        hasRaces = true;
    }

    TaskRunner runner() {
        return runner;
    }

    Retry retry(Value.Manner manner) {
        return manner.retry() == null ? retry : manner.retry();
    }

    /** How long a call may take, or null. */
    @Nullable Duration timeout(Value.Manner manner) {
        return manner.timeout() == null ? timeout : manner.timeout();
    }

    Alarm alarm() {
        return alarm;
    }

    CallMeter newMeter() {
        return meters.get();
    }

    OwnThreads ownThreads() {
        return ownThreads;
    }

    ConcurrentMap<CallTask, AttemptedCall> running() {
        return running;
    }

    /** Stops a call that has become needless. */
    void interrupt(CallTask task) {
        AttemptedCall call = running.get(task);
        if (call != null) {
            call.interrupt();
        }
    }

    /** Returns the task that has that number, with one use more; or {@code other}, which has it then. */
    CallTask share(long number, CallTask other) {
        return known.compute(number, (key, before) -> before != null && before.retain() ? before : other);
    }

    void know(long number, CallTask task) {
        known.put(number, task);
    }

    void forget(long number, Origin origin) {
        known.computeIfPresent(number, (key, task) -> task.origin == origin ? null : task);
    }

    /** Lets lanes have ready tasks. */
    void publish(CallTask[] tasks, Execution execution) {
        ready.push(tasks);
        if (!helpers.isEmpty() && execution.hasManyBlocked()) {
            helpers.stream().findAny().filter(helpers::remove).ifPresent(Runnable::run);
        }
        for (int left = tasks.length; left > 0; left--) {
            int now = lanes.get();
            if (now >= threads) {
                return;
            }
            if (lanes.compareAndSet(now, now + 1)) {
                add(new Lane(), execution);
            }
        }
    }

    private static void add(Batch batch, Execution execution) {
        execution.expectOneMore();
        execution.resume(batch);
    }

    private final class Lane extends Batch {
        Lane() {
            super(1);
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            work(execution);
        }
    }

    /** The work of a lane, which has been counted. */
    private void work(Execution execution) throws Throwable {
        int place = ready.enter();
        Turn turn = new Turn(this, execution);
        boolean goesOn;
        try {
            goesOn = work(place, turn, execution);
        } finally {
            turn.leave();
            for (CallTask left = ready.next(place); left != null; left = ready.next(place)) {
                ready.push(left);
            }
            ready.leave(place);
        }
        if (goesOn) {
            add(new Lane(), execution);
            return;
        }
        lanes.decrementAndGet();
        if (!ready.isEmpty()) {
            publish(new CallTask[0], execution);
            int now = lanes.get();
            if (now < threads && lanes.compareAndSet(now, now + 1)) {
                add(new Lane(), execution);
            }
        }
    }

    /** Runs tasks until there are none, which returns false, or others should have their turn. */
    private boolean work(int place, Turn turn, Execution execution) throws Throwable {
        long end = System.nanoTime() + STINT_NANOS;
        int size = 1;
        long begun = System.nanoTime();
        int chain = 0;
        @Nullable CallTask task = null;
        while (!execution.stopping()) {
            task = task == null ? ready.next(place) : task;
            if (task == null) {
                long now = System.nanoTime();
                if (now - end > 0) {
                    return true;
                }
                size = now - begun < BLOCK_NANOS ? Math.min(2 * size, LARGEST_BLOCK) : Math.max(1, size / 4);
                begun = now;
                task = ready.take(place, size);
                task = task == null ? ready.steal(place) : task;
                if (task == null) {
                    return false;
                }
            }
            runner.run(task, turn);
            throwIf(turn.failure());
            task = turn.next();
            boolean isLate = task != null && ++chain % CHAIN == 0 && System.nanoTime() - end > 0;
            if (isLate || Thread.currentThread().isInterrupted()) {
                if (task != null) {
                    ready.push(task);
                }
                return true;
            }
        }
        return false;
    }
}

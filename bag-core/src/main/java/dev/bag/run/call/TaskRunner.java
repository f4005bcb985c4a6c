package dev.bag.run.call;

import dev.bag.function.CheckedFunction;
import dev.bag.plan.Value;
import dev.bag.plan.Value.Called;
import dev.bag.plan.Value.FirstOf;
import dev.bag.plan.Value.FlatMapped;
import dev.bag.plan.Value.Recovered;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs tasks that are ready: each according to its work. */
final class TaskRunner {

    private final CallGraph graph;
    private final CheckedFunction<List<Value<?>>, List<@Nullable Object>> bags;

    /** @param bags computes values of bags in a run of their own */
    TaskRunner(CallGraph graph, CheckedFunction<List<Value<?>>, List<@Nullable Object>> bags) {
        this.graph = graph;
        this.bags = bags;
    }

    /** Runs a task that is ready. */
    void run(CallTask task, Turn turn) {
        if (graph.isOpen() && !task.begin()) {
            return;
        }
        Object work = task.work;
        if (work instanceof Called<?> called && graph.isPlain(called.manner())) {
            @Nullable Object value;
            CallMeter meter = turn.meter();
            meter.begins(task, called);
            try {
                value = called.call(task::argument);
            } catch (Throwable e) {
                meter.failed(false);
                turn.fail(task, new Failure(called, task.origin, e, List.of()));
                return;
            }
            meter.returned();
            turn.succeed(task, value);
        } else if (work instanceof AttemptedCall again) {
            again.attempt(turn);
        } else if (work instanceof Called<?> called) {
            new AttemptedCall(graph, task, called, called.manner(), () -> called.call(task::argument)).begin(turn);
        } else if (work instanceof FlatMapped<?, ?> flatMapped) {
            flatMap(task, flatMapped, turn);
        } else {
            runRegion(task, Objects.requireNonNull(work), turn);
        }
    }

    private void runRegion(CallTask task, Object work, Turn turn) {
        try {
            if (work instanceof Region.Forward forward) {
                forward.fragment().forget();
                turn.succeed(task, ((CallTask) Objects.requireNonNull(task.arguments)).value());
            } else if (work instanceof Region.Element element) {
                List<?> values = (List<?>) ((CallTask) Objects.requireNonNull(task.arguments)).value();
                turn.succeed(task, Objects.requireNonNull(values).get(element.index()));
            } else if (work instanceof Recovered<?> recovered) {
                follow(
                        task,
                        List.of(recovered.below()),
                        Long.MAX_VALUE,
                        fragment -> new Region.Recovery(recovered),
                        turn);
            } else if (work instanceof Region.Recovery recovery) {
                recover(task, recovery.node(), turn);
            } else if (work instanceof FirstOf<?> first) {
                graph.hasRace();
                follow(task, first.alternatives(), Long.MAX_VALUE, fragment -> new Region.Race(first), turn);
            } else if (work instanceof Region.Race race) {
                endRace(task, race, turn);
            } else {
                compute(task, (Region.Bags) work, turn);
            }
        } catch (Throwable e) {
            turn.fail(task, new Failure(work instanceof Value<?> node ? node : null, task.origin, e, List.of()));
        }
    }

    private void flatMap(CallTask task, FlatMapped<?, ?> node, Turn turn) {
        AttemptedCall call = new AttemptedCall(graph, task, node, node.manner(), () -> {
            long before = Value.Ids.last();
            return new Made(made(node, values(task)[0]), before);
        });
        call.begin(turn);
    }

    /** Calls the function of {@code node}: the one place where the types of values are forgotten. */
    @SuppressWarnings("unchecked") // the argument is the value of its input
    private static Value<?> made(FlatMapped<?, ?> node, @Nullable Object argument) throws Throwable {
        return ((CheckedFunction<@Nullable Object, ? extends Value<?>>) node.function()).applyChecked(argument);
    }

    private record Made(Value<?> value, long before) {}

    /** A call has returned. */
    void returned(CallTask task, @Nullable Object result, Turn turn) {
        if (result instanceof Made made) {
            try {
                follow(task, List.of(made.value()), made.before(), Region.Forward::new, turn);
            } catch (Throwable e) {
                turn.fail(task, new Failure(null, task.origin, e, List.of()));
            }
        } else {
            turn.succeed(task, result);
        }
    }

    /** Adds tasks for {@code values}, and lets {@code task} follow them, which has run. */
    private void follow(
            CallTask task, List<? extends Value<?>> values, long before, Function<Fragment, Object> then, Turn turn) {
        Fragment fragment = new Fragment(graph, values, before, true);
        CallTask[] made = Objects.requireNonNull(fragment.make());
        Object old = task.arguments;
        task.arguments = made.length == 1 ? made[0] : made;
        task.work = then.apply(fragment);
        boolean isWanted = task.waitAgainFor(made.length);
        if (old != null) {
            for (CallTask argument : old instanceof CallTask[] several ? several : new CallTask[] {(CallTask) old}) {
                turn.releaseAndSettle(argument);
            }
        }
        fragment.link(turn);
        if (isWanted) {
            turn.link(task);
        } else {
            turn.fail(task, new Failure(null, task.origin, new InterruptedException("needless"), List.of()));
        }
    }

    private void recover(CallTask task, Recovered<?> node, Turn turn) {
        CallTask below = (CallTask) Objects.requireNonNull(task.arguments);
        Failure failure = below.failure();
        if (failure == null) {
            turn.succeed(task, below.value());
        } else if (!failure.isRecoverable() || turn.execution.stopping()) {
            turn.fail(task, failure);
        } else {
            Exception cause = (Exception) failure.cause();
            new AttemptedCall(
                            graph,
                            task,
                            node,
                            Value.Manner.PLAIN,
                            () -> node.function().applyChecked(cause))
                    .begin(turn);
        }
    }

    private void endRace(CallTask task, Region.Race race, Turn turn) {
        CallTask winner = race.winner();
        if (winner != null) {
            turn.succeed(task, winner.value());
            return;
        }
        @Nullable Failure main = null;
        List<Throwable> others = new ArrayList<>();
        for (CallTask each : task.argumentList()) {
            Failure one = Objects.requireNonNull(each.failure());
            if (main == null) {
                main = one;
            } else {
                others.add(one.named());
                others.addAll(one.others());
            }
        }
        Failure first = Objects.requireNonNull(main);
        others.addAll(0, first.others());
        turn.fail(task, new Failure(first.node(), first.origin(), first.thrown(), others));
    }

    private void compute(CallTask task, Region.Bags work, Turn turn) {
        List<Value<?>> wanted = work.over(values(task));
        Value<?> node = work.wanted().get(0);
        AttemptedCall.once(graph, task, node, () -> bags.applyChecked(wanted)).begin(turn);
    }

    private static final @Nullable Object[] NO_VALUES = {};

    /** The values of the arguments. */
    private static @Nullable Object[] values(CallTask task) {
        Object arguments = task.arguments;
        if (arguments == null) {
            return NO_VALUES;
        }
        if (arguments instanceof CallTask one) {
            return new @Nullable Object[] {one.value()};
        }
        CallTask[] several = (CallTask[]) arguments;
        @Nullable Object[] values = new @Nullable Object[several.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = several[i].value();
        }
        return values;
    }
}

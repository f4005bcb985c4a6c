package dev.bag.build;

import dev.bag.function.CheckedFunction;
import dev.bag.isolate.Isolated;
import dev.bag.outside.Calls;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.Plan;
import dev.bag.process.Execs;
import dev.bag.process.Pipe;
import dev.bag.value.Command;
import dev.bag.value.CommandResult;
import dev.bag.value.InFlight;
import dev.bag.value.Isolation;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The plans of operators that let threads other than those of a runner do their work. */
public final class Outsides {

    private Outsides() {}

    /** What {@code f}, which may wait, returns for each record. */
    public static <T, R> Plan<R> called(Plan<T> plan, CheckedFunction<? super T, ? extends R> f, InFlight inFlight) {
        Calls<T, R> calls = Calls.waiting(Objects.requireNonNull(f, "f"), Objects.requireNonNull(inFlight, "inFlight"));
        return new MappedPartitions.Elsewhere<>(plan, calls, "mapAsync");
    }

    /** What the stages complete with that {@code f} returns for each record. */
    public static <T, R> Plan<R> staged(
            Plan<T> plan, CheckedFunction<? super T, ? extends CompletionStage<? extends R>> f, InFlight inFlight) {
        Calls<T, R> calls =
                Calls.ofStages(Objects.requireNonNull(f, "f"), Objects.requireNonNull(inFlight, "inFlight"));
        return new MappedPartitions.Elsewhere<>(plan, calls, "mapAsyncStage");
    }

    /** What becomes of the command for each record. */
    public static <T> Plan<CommandResult> executed(Plan<T> plan, CheckedFunction<? super T, Command> command) {
        Objects.requireNonNull(command, "command");
        Calls<T, CommandResult> calls = Calls.asManyAsThreads(record -> Execs.run(Objects.requireNonNull(
                command.applyChecked(record), "the function returned null, and not the command to run")));
        return new MappedPartitions.Elsewhere<>(plan, calls, "exec");
    }

    /** What {@code f} returns for each record, in processes of its own. */
    public static <T, R> Plan<R> isolated(
            Plan<T> plan, CheckedFunction<? super T, ? extends R> f, Isolation isolation) {
        Isolated<T, R> isolated =
                new Isolated<>(Objects.requireNonNull(f, "f"), Objects.requireNonNull(isolation, "isolation"));
        Calls<T, R> calls = Calls.waiting(isolated, InFlight.of(isolation.workers()));
        return new MappedPartitions.Elsewhere<>(plan, calls, "mapIsolated");
    }

    /** The lines that a command prints for those that it is given. */
    public static <T> Plan<String> piped(Plan<T> plan, Command command) {
        return new MappedPartitions.Elsewhere<>(plan, new Pipe<T>(Objects.requireNonNull(command, "command")), "pipe");
    }
}

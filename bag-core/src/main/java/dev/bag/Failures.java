package dev.bag;

import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.kernel.OperatorFailure.Excess;
import dev.bag.run.Engine;
import dev.bag.schedule.Execution;
import dev.bag.source.SinkException;
import dev.bag.source.SourceException;
import dev.bag.spill.SpillException;
import dev.bag.text.Digits;
import dev.bag.value.Location;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The boundary where a failure inside becomes the one exception that the user sees. */
final class Failures {

    private static final Operator RUN = new Operator("run", "the run", () -> "");

    /** Stands for the message of an inner action, which follows as a whole further down. */
    private static final String FAILED_INSIDE = "an action inside it failed";

    private static final int MOST_WRAPPERS = 10;

    private Failures() {}

    /** The exception for {@code failure}, with the trace of {@code caller}. */
    static BagException exception(Throwable failure, List<Throwable> others, Throwable caller) {
        BagException exception = single(failure);
        exception.setStackTrace(Traces.ofCaller(caller));
        for (Throwable other : others) {
            exception.addSuppressed(other instanceof OperatorFailure known ? known.thrown() : other);
        }
        return exception;
    }

    /** As {@link #exception}, for a listener, which did not call the action. */
    static BagException told(Throwable failure) {
        BagException exception = single(failure);
        exception.setStackTrace(new StackTraceElement[0]);
        return exception;
    }

    private static BagException single(Throwable failure) {
        if (failure instanceof OperatorFailure known) {
            Throwable cause = known.thrown();
            Traces.trim(cause);
            Optional<Location> location =
                    cause instanceof SourceException input ? Optional.of(input.location()) : known.location();
            Optional<String> excerpt = Optional.ofNullable(known.record()).map(Excerpts::of);
            boolean isOfOutput = cause instanceof SinkException;
            if (isOfOutput || cause instanceof SpillException) { // the record at hand has nothing to do with it
                location = Optional.empty();
                excerpt = Optional.empty();
            }
            String message = isOfOutput || cause instanceof SourceException
                    ? Excerpts.messageOf(cause)
                    : message(known, location, excerpt);
            Optional<Excess> excess = known.excess();
            String whole = excess.isPresent() ? tooMany(excess.get(), message) : message;
            return new BagException(whole, cause, known.operator().name(), known.partition(), location, excerpt);
        }
        String message = failure instanceof InterruptedException
                ? RUN.label() + " was stopped: " + Excerpts.messageOf(failure)
                : RUN.label() + " failed: " + Excerpts.describe(failure);
        return new BagException(message, failure, RUN.name(), OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    private static String tooMany(Excess excess, String last) {
        long count = excess.count();
        return "onError(" + excess.policy() + "): " + Digits.grouped(count)
                + (count == 1 ? " record has failed" : " records have failed")
                + ", more than the limit. The last one:\n  "
                + indented(last) + "\n  Mend the records, or raise the limit.";
    }

    private static String message(OperatorFailure failure, Optional<Location> location, Optional<String> excerpt) {
        StringBuilder text = new StringBuilder(failure.operator().label()).append(" failed");
        location.ifPresent(place -> text.append(" on ").append(place));
        failure.partition()
                .ifPresent(partition -> text.append(" (partition ")
                        .append(Digits.grouped(partition + 1L))
                        .append(" of ")
                        .append(Digits.grouped(failure.partitionCount()))
                        .append(')'));
        Optional<BagException> inner = inner(failure.thrown());
        text.append(": ").append(inner.isPresent() ? FAILED_INSIDE : Excerpts.describe(failure.thrown()));
        excerpt.ifPresent(record -> text.append("\n  record: ").append(record));
        text.append("\n  chain: ").append(failure.operator().chain().get());
        inner.ifPresent(action -> text.append("\n  inside: ").append(indented(Excerpts.messageOf(action))));
        return text.toString();
    }

    /**
     * The failure of an action that the function called, also where it comes in a wrapper that says no more than its cause
     * does, such as the CompletionException of a future.
     */
    private static Optional<BagException> inner(Throwable thrown) {
        Throwable each = thrown;
        for (int wrappers = 0; wrappers <= MOST_WRAPPERS; wrappers++) {
            if (each instanceof BagException action) {
                return Optional.of(action);
            }
            Throwable cause = each.getCause();
            if (cause == null || !Excerpts.messageOf(each).equals(cause.toString())) {
                return Optional.empty();
            }
            each = cause;
        }
        return Optional.empty();
    }

    private static String indented(String message) {
        return message.replace("\n", "\n  ");
    }

    /** Stack traces without the frames that mean nothing to a user. */
    private static final class Traces {

        private static final List<String> HIDDEN = List.of(
                Operator.class.getPackageName() + ".",
                Engine.class.getPackageName() + ".",
                Execution.class.getPackageName() + ".");

        private Traces() {}

        /** The trace of {@code caller} from the user's line on. */
        static StackTraceElement[] ofCaller(Throwable caller) {
            StackTraceElement[] trace = caller.getStackTrace();
            int first = 0;
            while (first < trace.length && isOurs(trace[first].getClassName())) {
                first++;
            }
            return Arrays.copyOfRange(trace, Math.min(first, Math.max(0, trace.length - 1)), trace.length);
        }

        /**
         * Removes frames of the engine from the trace of an exception of a user's function, so that the user's own are
         * left.
         */
        static void trim(Throwable thrown) {
            StackTraceElement[] trace = thrown.getStackTrace();
            StackTraceElement[] trimmed = Arrays.stream(trace)
                    .filter(frame -> !isInside(frame.getClassName()))
                    .toArray(StackTraceElement[]::new);
            if (trimmed.length > 0 && trimmed.length < trace.length) {
                thrown.setStackTrace(trimmed);
            }
        }

        /** Returns whether a class is in a hidden package, which only the loops of workers go through. */
        private static boolean isInside(String className) {
            return HIDDEN.stream().anyMatch(className::startsWith);
        }

        /** Returns whether a class is in this package, where actions begin. */
        private static boolean isOurs(String className) {
            String ours = Traces.class.getPackageName() + ".";
            return className.startsWith(ours) && className.indexOf('.', ours.length()) < 0;
        }
    }
}

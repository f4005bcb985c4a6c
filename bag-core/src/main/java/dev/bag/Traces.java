package dev.bag;

import dev.bag.kernel.Operator;
import dev.bag.run.Engine;
import dev.bag.schedule.Execution;
import java.util.Arrays;
import java.util.List;

/** Stack traces without the frames that mean nothing to a user. */
final class Traces {

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

    /** Removes frames of the engine from the trace of an exception of a user's function, so that the user's own are left. */
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

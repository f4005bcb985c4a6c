package dev.bag;

import java.util.Arrays;

/** Stack traces without the frames that say nothing to a user. */
final class Traces {

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

    /** Whether a class is one of this package itself, where actions begin. */
    private static boolean isOurs(String className) {
        String ours = Traces.class.getPackageName() + ".";
        return className.startsWith(ours) && className.indexOf('.', ours.length()) < 0;
    }
}

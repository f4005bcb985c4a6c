package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.KryoException;
import org.jspecify.annotations.Nullable;

/** Why an object could not be written or read, in a few words, from what was thrown. */
final class Reasons {

    private Reasons() {}

    static String of(Throwable thrown) {
        Throwable root = thrown;
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        if (root instanceof StackOverflowError) {
            return "its objects are nested too deeply for the stack of a thread";
        }
        @Nullable String message = root.getMessage();
        if (message == null) {
            return root.getClass().getName();
        }
        return root instanceof KryoException ? firstLine(message) : root.toString();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}

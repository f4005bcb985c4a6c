package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/** Why an object could not be written or read, in a few words, from what was thrown. */
final class Reasons {

    private Reasons() {}

    static String of(Throwable thrown) {
        Throwable root = thrown;
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        @Nullable String message = root.getMessage();
        if (message == null) {
            return root.getClass().getName();
        }
        if (root instanceof NotSerializableException) {
            return message + " is not Serializable, and what it is part of can only be written by Java's serialization";
        }
        return root instanceof KryoException ? firstLine(message) : root.toString();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}

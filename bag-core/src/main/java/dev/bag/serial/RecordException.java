package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A record cannot be written as bytes, or cannot be made again from them. The message says why, but not what to do. */
public final class RecordException extends IOException {

    private static final long serialVersionUID = 1;

    private RecordException(String message, Throwable cause) {
        super(message, cause);
    }

    static RecordException unwritable(Class<?> type, Throwable thrown) {
        return new RecordException(
                "a record of class " + ClassNames.of(type) + " cannot be written to disk: " + reason(thrown), thrown);
    }

    static RecordException unreadable(Throwable thrown) {
        return new RecordException("a record cannot be made again from what was spilled: " + reason(thrown), thrown);
    }

    /** Why, in a few words. */
    private static String reason(Throwable thrown) {
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
        return root instanceof KryoException ? message.lines().findFirst().orElse(message) : root.toString();
    }
}

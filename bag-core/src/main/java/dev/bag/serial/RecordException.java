package dev.bag.serial;

import java.io.IOException;

/** A record cannot be written as bytes, or cannot be made again from them. The message says why, but not what to do. */
public final class RecordException extends IOException {

    private static final long serialVersionUID = 1;

    private RecordException(String message, Throwable cause) {
        super(message, cause);
    }

    static RecordException unwritable(Class<?> type, Throwable thrown) {
        return new RecordException(
                "a record of class " + Names.of(type) + " cannot be written to disk: " + Reasons.of(thrown), thrown);
    }

    static RecordException unreadable(Throwable thrown) {
        return new RecordException(
                "a record cannot be made again from what was spilled: " + Reasons.of(thrown), thrown);
    }
}

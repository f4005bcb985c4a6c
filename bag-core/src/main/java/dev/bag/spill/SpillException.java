package dev.bag.spill;

import java.io.IOException;

/** Something could not be spilled or read back; the message says what, why and what to do. */
public final class SpillException extends IOException {
    private static final long serialVersionUID = 1;
    public SpillException(String message) { super(message); }
    SpillException(String message, Throwable cause) { super(message, cause); }
}

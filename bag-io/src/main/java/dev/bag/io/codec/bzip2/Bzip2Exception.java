package dev.bag.io.codec.bzip2;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bits that are not bzip2. What reads the file adds its name and the place. */
public final class Bzip2Exception extends IOException {

    private static final long serialVersionUID = 1;

    private Bzip2Exception(@Nullable String detail) {
        super(detail);
    }

    /**
     * Bits that contradict themselves or others.
     *
     * @param detail how, without a full stop
     */
    public static Bzip2Exception corrupt(String detail) {
        return new Bzip2Exception(detail);
    }

    static Bzip2Exception cut() {
        return new Bzip2Exception(null);
    }

    /** Returns whether the bits end too early. Otherwise they contradict themselves, and the message says how. */
    public boolean isCut() {
        return getMessage() == null;
    }

    /** Exceptions of trials are thrown away, and others say where in the file they are. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

package dev.bag.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one sink of several feeds that follow each other: it ends when the last of them does. */
public final class JoinedSink extends Link {

    private final Sink out;
    private final @Nullable Nesting nesting;
    private int unfinished;
    private boolean closed;

    /** A sink that {@code feeds} feeds will finish. */
    public JoinedSink(Sink out, int feeds, Nesting nesting) {
        this.out = out;
        this.nesting = nesting.inFrontOf(out);
        this.unfinished = feeds;
        lineUp(out);
    }

    @Override
    public void accept(Object record) throws Throwable {
        if (nesting == null) {
            out.accept(record);
        } else if (nesting.enter()) {
            try {
                out.accept(record);
            } finally {
                nesting.leave();
            }
        } else {
            nesting.add(() -> {
                out.accept(record);
                return false;
            });
        }
    }

    @Override
    int outCount() {
        return 1;
    }

    @Override
    Sink out(int i) {
        return out;
    }

    @Override
    boolean finishThis() {
        return --unfinished == 0;
    }

    @Override
    boolean closeThis(List<Closing.Closer> closers) {
        boolean first = !closed;
        closed = true;
        return first;
    }
}

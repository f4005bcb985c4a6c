package dev.bag.kernel;

import java.util.List;

/** The one sink of several feeds that follow each other: it ends when the last of them does. */
public final class JoinedSink extends Link {

    private final Sink out;
    private int unfinished;
    private boolean closed;

    private JoinedSink(Sink out, int feeds) {
        this.out = out;
        this.unfinished = feeds;
        lineUp(out);
    }

    /** A sink in front of {@code out} that {@code feeds} feeds will finish. */
    public static Sink of(Sink out, int feeds, Nesting nesting) {
        return nesting.guard(new JoinedSink(out, feeds));
    }

    @Override
    public void accept(Object record) throws Throwable {
        out.accept(record);
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

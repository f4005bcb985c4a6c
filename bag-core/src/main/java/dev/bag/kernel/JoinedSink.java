package dev.bag.kernel;

/** The one sink of several feeds that follow each other: it ends when the last of them does. */
public final class JoinedSink extends PassingSink {

    private int unfinished;
    private boolean closed;

    /** A sink that {@code feeds} feeds will finish. */
    public JoinedSink(Sink out, int feeds) {
        super(out);
        this.unfinished = feeds;
    }

    @Override
    public void accept(Object record) throws Throwable {
        out.accept(record);
    }

    @Override
    public void finish() throws Throwable {
        if (--unfinished == 0) {
            out.finish();
        }
    }

    @Override
    public void close() throws Exception {
        if (!closed) {
            closed = true;
            out.close();
        }
    }
}

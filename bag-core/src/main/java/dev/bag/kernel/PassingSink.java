package dev.bag.kernel;

import org.jspecify.annotations.Nullable;

/** A sink in front of another: wants what that wants, and ends with it. */
abstract class PassingSink implements Sink {

    final Sink out;

    PassingSink(Sink out) {
        this.out = out;
    }

    @Override
    public boolean wantsMore() {
        return out.wantsMore();
    }

    @Override
    public @Nullable Sink overWith() {
        return out;
    }

    @Override
    public boolean isOver() {
        return Sink.isOver(out);
    }

    @Override
    public void finish() throws Throwable {
        out.finish();
    }

    @Override
    public void close() throws Exception {
        out.close();
    }
}

package dev.bag.kernel;

import java.util.List;

/** Gives each record to every sink that still wants one. */
public final class FanOut implements Sink {

    private final Sink[] outs;

    private FanOut(Sink[] outs) {
        this.outs = outs;
    }

    /** A sink in front of {@code outs}, which are at least one. */
    public static Sink to(List<Sink> outs) {
        return outs.size() == 1 ? outs.get(0) : new FanOut(outs.toArray(new Sink[0]));
    }

    @Override
    public void accept(Object record) throws Throwable {
        for (Sink out : outs) {
            if (out.wantsMore()) {
                out.accept(record);
            }
        }
    }

    @Override
    public boolean wantsMore() {
        for (Sink out : outs) {
            if (out.wantsMore()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isOver() {
        for (Sink out : outs) {
            if (!out.isOver()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void finish() throws Throwable {
        for (Sink out : outs) {
            out.finish();
        }
    }

    @Override
    public void close() throws Exception {
        Closing closing = new Closing();
        for (Sink out : outs) {
            closing.add(out::close);
        }
        closing.closeAll();
    }
}

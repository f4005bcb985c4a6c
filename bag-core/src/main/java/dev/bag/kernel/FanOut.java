package dev.bag.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives each record to every sink that still wants one. */
public final class FanOut extends Link {

    /** How many levels of branches are asked whether another thread has ended them. */
    static final int MOST_ASKED = 64;

    private final Sink[] outs;
    /** How many sinks want more, and how many are not over. */
    private int wanting;

    private int open;
    /** Whether a sink behind this may be ended by another thread, so that it must be asked. */
    private final boolean asks;
    /** Levels of branches that are asked, with this one. */
    private final int asked;

    private FanOut(Sink[] outs) {
        this.outs = outs;
        this.wanting = outs.length;
        this.open = outs.length;
        int levels = 0;
        boolean watching = false;
        for (Sink out : outs) {
            branchTo(out);
            Link watched = out instanceof Link link ? link.watched() : null;
            if (watched != null) {
                watching = true;
                levels = Math.max(levels, watched instanceof FanOut fan ? fan.asked : 0);
            }
        }
        this.asks = watching;
        this.asked = levels + 1;
    }

    /** A sink in front of {@code outs}, which are at least one. */
    public static Sink to(List<Sink> outs, Nesting nesting) {
        return outs.size() == 1 ? outs.get(0) : nesting.guard(new FanOut(outs.toArray(new Sink[0])));
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
    Nesting.Work workOn(Object record) {
        return new Giving(record);
    }

    /** Gives a record to one sink after the other. */
    private final class Giving implements Nesting.Work {

        private final Object record;
        private int next;

        Giving(Object record) {
            this.record = record;
        }

        @Override
        public boolean goOn() throws Throwable {
            Sink out = outs[next++];
            if (out.wantsMore()) {
                out.accept(record);
            }
            return next < outs.length;
        }
    }

    @Override
    @Nullable Link watched() {
        return asks && asked < MOST_ASKED ? this : null;
    }

    @Override
    public boolean wantsMore() {
        if (asks && !has(UNWANTED)) {
            for (int i = 0; i < outs.length && !outs[i].wantsMore(); i++) {
                // those that have ended say so to this
            }
        }
        return super.wantsMore();
    }

    @Override
    public boolean isOver() {
        if (asks && !has(OVER)) {
            for (int i = 0; i < outs.length && outs[i].isOver(); i++) {
                // those that have ended say so to this
            }
        }
        return super.isOver();
    }

    @Override
    void hear(int what) {
        if ((what & UNWANTED) != 0 && --wanting == 0) {
            note(UNWANTED);
        }
        if ((what & OVER) != 0 && --open == 0) {
            note(OVER);
        }
    }

    @Override
    int outCount() {
        return outs.length;
    }

    @Override
    Sink out(int i) {
        return outs[i];
    }
}

package dev.bag.kernel;

/** Keeps the records of one part of the bag. */
public final class GatherSink implements Sink {

    private Rope rope = new Rope();

    @Override
    public void accept(Object record) {
        rope.add(record);
    }

    /** The records since the last call, in order. */
    public Object[] take() {
        Object[] taken = rope.toArray();
        rope = new Rope();
        return taken;
    }

    /** The records, in order. */
    public Rope rope() {
        return rope;
    }
}

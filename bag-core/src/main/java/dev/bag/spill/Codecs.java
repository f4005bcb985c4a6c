package dev.bag.spill;

import java.util.concurrent.ConcurrentLinkedQueue;

/** The serializers of a run. Any thread may borrow one; what one has written any other can read. */
public final class Codecs {

    private final ClassNumbers classes = new ClassNumbers();
    private final ConcurrentLinkedQueue<RecordCodec> idle = new ConcurrentLinkedQueue<>();

    RecordCodec borrow() {
        RecordCodec codec = idle.poll();
        return codec == null ? new RecordCodec(classes) : codec;
    }

    void giveBack(RecordCodec codec) {
        idle.add(codec);
    }
}

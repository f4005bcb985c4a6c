package dev.bag.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What a run did with a {@link ProbedSource}. */
public final class Probe implements Serializable {

    private static final long serialVersionUID = 1;

    /** Parts that were opened, so far. */
    public final AtomicInteger opened = new AtomicInteger();

    /** Parts that were closed, so far. */
    public final AtomicInteger closed = new AtomicInteger();

    /** Chunks that were handed out, so far. */
    public final AtomicInteger chunks = new AtomicInteger();

    /** Records that were handed out, so far. */
    public final AtomicInteger records = new AtomicInteger();

    /** The most detached chunks that were held at the same time. */
    public final AtomicInteger mostDetached = new AtomicInteger();

    private final AtomicInteger detached = new AtomicInteger();
    private final Collection<String> broken = new ConcurrentLinkedQueue<>();

    void detach() {
        int now = detached.incrementAndGet();
        mostDetached.accumulateAndGet(now, Math::max);
    }

    void release() {
        detached.decrementAndGet();
    }

    void check(boolean kept, String rule) {
        if (!kept) {
            broken.add(rule);
        }
    }

    /** Fails unless all that was opened is closed and the rules for chunks were kept. */
    public void assertClean() {
        assertThat(broken).isEmpty();
        assertThat(closed.get()).as("parts that were closed").isEqualTo(opened.get());
    }
}

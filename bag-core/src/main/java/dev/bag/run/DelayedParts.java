package dev.bag.run;

import dev.bag.kernel.SourceFeed;
import dev.bag.run.call.CallGraph;
import dev.bag.run.call.CallTask;
import dev.bag.schedule.Execution;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The elements of values that are iterables, as parts. A value is asked for when its part is read, and the task that reads
 * it stops until it is there.
 */
final class DelayedParts extends AbstractList<Part<?>> {

    private final CallGraph graph;
    private final List<CallTask> values;
    private final boolean isReadOnce;

    /** @param isReadOnce whether no part is opened again, so that its value can be dropped when it has been read */
    DelayedParts(CallGraph graph, List<CallTask> values, boolean isReadOnce) {
        this.graph = graph;
        this.values = values;
        this.isReadOnce = isReadOnce;
    }

    @Override
    public Part<?> get(int partition) {
        return new IterablePart(this, partition);
    }

    @Override
    public int size() {
        return values.size();
    }

    /** Lives within one run only, so that it need not be sent anywhere. */
    private static final class IterablePart implements Part<Object> {

        private static final long serialVersionUID = 1;

        private final transient DelayedParts parts;
        private final int partition;

        IterablePart(DelayedParts parts, int partition) {
            this.parts = parts;
            this.partition = partition;
        }

        @Override
        public Chunks<Object> open() {
            return new Opened(new Elements(parts.graph, parts.values.get(partition)), parts.isReadOnce);
        }
    }

    private static final class Opened implements Chunks<Object> {

        private final Elements elements;
        private final boolean isReadOnce;
        private boolean isTaken;

        Opened(Elements elements, boolean isReadOnce) {
            this.elements = elements;
            this.isReadOnce = isReadOnce;
        }

        @Override
        public @Nullable Chunk<Object> nextChunk() {
            boolean isFirst = !isTaken;
            isTaken = true;
            return isFirst ? elements : null;
        }

        @Override
        public void close() {
            if (isReadOnce) {
                elements.drop();
            }
        }
    }

    private static final class Elements implements Chunk<Object>, SourceFeed.Waiting {

        private final CallGraph graph;
        private final CallTask value;
        private @Nullable Iterator<?> iterator;
        private boolean isAsked;

        Elements(CallGraph graph, CallTask value) {
            this.graph = graph;
            this.value = value;
        }

        @Override
        public @Nullable Object next() throws Exception {
            Iterator<?> elements = iterator == null ? begin() : iterator;
            return elements != null && elements.hasNext()
                    ? Objects.requireNonNull(elements.next(), "the iterable has a null, and a record is never null")
                    : null;
        }

        /** The elements, or null if they are not there yet. */
        private @Nullable Iterator<?> begin() throws Exception {
            Execution execution = Objects.requireNonNull(Execution.current(), "no run is going on");
            if (!isAsked) {
                isAsked = true;
                graph.ask(value, execution);
            }
            try {
                graph.help(value, execution); // what has just been asked for is mostly on top
                if (!value.isSettled()) {
                    return null;
                }
                Object iterable = Objects.requireNonNull(
                        CallGraph.value(value), "the value is null, and an iterable was expected");
                iterator = ((Iterable<?>) iterable).iterator();
                return iterator;
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean isWaiting() {
            return iterator == null;
        }

        @Override
        public void whenReady(Runnable ready) {
            graph.whenSettled(value, ready);
        }

        void drop() {
            iterator = null;
            Execution execution = Execution.current();
            if (execution != null) {
                graph.release(value, execution);
            }
        }
    }
}

package dev.bag.run.end;

import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import java.util.AbstractList;

/** The partitions of what is between stages, as parts that are made when they are opened. */
final class OpenedParts extends AbstractList<Part<?>> {

    private final int count;
    private final Opener opener;

    /** Opens a partition. */
    @FunctionalInterface
    interface Opener {

        /** The records of partition {@code partition}. */
        Chunk<Object> open(int partition) throws Throwable;
    }

    OpenedParts(int count, Opener opener) {
        this.count = count;
        this.opener = opener;
    }

    @Override
    public Part<?> get(int partition) {
        return new OpenedPart(opener, partition);
    }

    @Override
    public int size() {
        return count;
    }

    /** Lives within one run only, so that it need not be sent anywhere. */
    private static final class OpenedPart implements Part<Object> {

        private static final long serialVersionUID = 1;

        private final transient Opener opener;
        private final int partition;

        OpenedPart(Opener opener, int partition) {
            this.opener = opener;
            this.partition = partition;
        }

        @Override
        public Chunks<Object> open() throws Exception {
            try {
                return Chunks.of(opener.open(partition));
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

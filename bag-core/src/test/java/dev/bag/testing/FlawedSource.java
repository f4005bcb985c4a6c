package dev.bag.testing;

import dev.bag.source.BadRecordException;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import dev.bag.value.Location;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Numbers, of which some cannot be read. Each part is a file "part-0", "part-1", …, and each number a line of it. */
public final class FlawedSource implements Source<Integer> {

    private static final long serialVersionUID = 1;

    private final transient List<List<Integer>> parts;
    private final transient IntPredicate isBad;
    private final int chunkLength;

    /** Parts in chunks of so many records; in one chunk, on one thread, if {@code chunkLength} is 0. */
    public FlawedSource(List<List<Integer>> parts, IntPredicate isBad, int chunkLength) {
        this.parts = parts;
        this.isBad = isBad;
        this.chunkLength = chunkLength;
    }

    @Override
    public String name() {
        return "flawed";
    }

    @Override
    public List<Part<Integer>> parts() {
        return IntStream.range(0, parts.size())
                .<Part<Integer>>mapToObj(FlawedPart::new)
                .toList();
    }

    private final class FlawedPart implements Part<Integer> {

        private static final long serialVersionUID = 1;

        private final int number;

        FlawedPart(int number) {
            this.number = number;
        }

        @Override
        public boolean pipelined() {
            return chunkLength > 0;
        }

        @Override
        public Chunks<Integer> open() {
            return new Chunks<>() {
                private int next;
                private boolean handedOut;

                @Override
                public @Nullable Chunk<Integer> nextChunk() {
                    int from = next;
                    next = chunkLength == 0 ? lines() : Math.min(lines(), from + chunkLength);
                    boolean isFirst = !handedOut;
                    handedOut = true;
                    return from < next || isFirst ? new Lines(from, next) : null;
                }

                @Override
                public void close() {}
            };
        }

        private int lines() {
            return parts.get(number).size();
        }

        private final class Lines implements Chunk<Integer> {

            private final int end;
            private int next;

            Lines(int from, int end) {
                this.next = from;
                this.end = end;
            }

            @Override
            public @Nullable Integer next() throws BadRecordException {
                if (next == end) {
                    return null;
                }
                int line = parts.get(number).get(next++);
                if (isBad.test(line)) {
                    throw new BadRecordException(place(), place() + ": bad", null, "raw " + line);
                }
                return line;
            }

            private Location place() {
                return Location.at("part-" + number, next, 10L * next);
            }

            @Override
            public Optional<Location> location() {
                return Optional.of(place());
            }
        }
    }
}

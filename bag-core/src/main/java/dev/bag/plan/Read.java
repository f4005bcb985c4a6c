package dev.bag.plan;

import dev.bag.source.Part;
import dev.bag.source.Source;
import java.util.List;

/** The records of a source: one partition for each of its parts, and one empty partition when it has none. */
public record Read<T>(Source<T> source, List<? extends Part<T>> parts, boolean pipelined) implements Plan<T> {

    /** The records of {@code source}. */
    public static <T> Read<T> of(Source<T> source) {
        List<? extends Part<T>> parts = source.parts();
        boolean pipelined = parts.stream().anyMatch(Part::pipelined);
        return new Read<>(source, parts, pipelined);
    }

    @Override
    public List<Node> inputs() {
        return List.of();
    }

    @Override
    public String operator() {
        return source.name();
    }

    @Override
    public int partitionCount() {
        return Math.max(1, parts.size());
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.read(this);
    }
}

package dev.bag.plan;

import dev.bag.source.Part;
import dev.bag.source.Source;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The records of a source: one partition for each of its parts, and one empty partition when it has none. */
public record Read<T>(Source<T> source, List<? extends Part<T>> parts, boolean pipelined) implements Leaf<T> {

    /** The records of {@code source}. */
    public static <T> Read<T> of(Source<T> source) {
        List<? extends Part<T>> parts = source.parts();
        boolean pipelined = parts.stream().anyMatch(Part::pipelined);
        return new Read<>(source, parts, pipelined);
    }

    /** Parts are serializable, but the list of them may not be: it often makes each when it is asked for. */
    private Object writeReplace() {
        return parts instanceof Serializable ? this : new Read<>(source, new ArrayList<>(parts), pipelined);
    }

    @Override
    public Shape shape() {
        return new Shape(partitionCount(), pipelined, 0);
    }

    @Override
    public int partitionCount() {
        return Math.max(1, parts.size());
    }

    @Override
    public List<Node> inputs() {
        return List.of();
    }

    @Override
    public Read<T> withInputs(List<? extends Node> inputs) {
        return new Read<>(source, parts, pipelined);
    }

    @Override
    public String operator() {
        return source.name();
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.read(this);
    }
}

package dev.bag.plan;

import dev.bag.source.Part;
import dev.bag.source.Source;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where records come from.
 *
 * @param <T> the records
 */
public sealed interface Leaf<T> extends Plan<T> {

    /** Calls the method of {@code cases} for this operation. */
    <X> X match(Cases<X> cases);

    /** One method an operation, so that the compiler asks for each wherever operations are told apart. */
    interface Cases<X> {

        /** For {@link Read}. */
        <T> X read(Read<T> plan);

        /** For {@link FromDelayed}. */
        <T> X fromDelayed(FromDelayed<T> plan);

        /** For {@link Slot}. */
        <T> X slot(Slot<T> plan);
    }

    /** The records of a source: one partition for each of its parts, and one empty partition when it has none. */
    record Read<T>(Source<T> source, List<? extends Part<T>> parts, boolean pipelined) implements Leaf<T> {

        /** The records of {@code source}. */
        public static <T> Read<T> of(Source<T> source) {
            List<? extends Part<T>> parts = source.parts();
            boolean pipelined = false;
            for (Part<T> part : parts) {
                pipelined |= part.pipelined();
            }
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

    /** The elements of delayed iterables: one partition each, and one empty partition when there are none. */
    record FromDelayed<T>(List<Value<? extends Iterable<? extends T>>> values) implements Leaf<T> {

        @Override
        public Shape shape() {
            return Shape.of(Math.max(1, values.size()));
        }

        @Override
        public List<Value<? extends Iterable<? extends T>>> inputs() {
            return values;
        }

        @Override
        public FromDelayed<T> withInputs(List<? extends Node> inputs) {
            return new FromDelayed<>(Inputs.<Value<? extends Iterable<? extends T>>>all(inputs));
        }

        @Override
        public String operator() {
            return "fromDelayed";
        }

        @Override
        public <X> X match(Cases<X> cases) {
            return cases.fromDelayed(this);
        }
    }

    /**
     * The records of the operation of that number in a stage. With slots as inputs, the operations of a stage are a
     * flat list, which can be sent anywhere however deep the plan was.
     */
    record Slot<T>(int index, int partitionCount) implements Leaf<T> {

        /** Checks the numbers. */
        public Slot {
            if (index < 0 || partitionCount < 1) {
                throw new IllegalArgumentException("slot " + index + " of " + partitionCount + " partitions");
            }
        }

        @Override
        public Shape shape() {
            return Shape.of(partitionCount);
        }

        @Override
        public List<Node> inputs() {
            return List.of();
        }

        @Override
        public Slot<T> withInputs(List<? extends Node> inputs) {
            return new Slot<>(index, partitionCount);
        }

        @Override
        public String operator() {
            return "slot " + index;
        }

        @Override
        public <X> X match(Cases<X> cases) {
            return cases.slot(this);
        }
    }
}

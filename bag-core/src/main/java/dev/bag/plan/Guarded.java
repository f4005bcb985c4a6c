package dev.bag.plan;

import dev.bag.plan.Within.Narrow;
import dev.bag.value.ErrorPolicy;
import java.util.List;

/**
 * The same records, without those that could not be read or for which a function threw: on the way from the source, or from
 * the last operation that looks at more than one record, to here.
 */
public record Guarded<T>(Plan<T> input, ErrorPolicy policy, Shape shape) implements Narrow<T, T> {

    /** Over {@code input}. */
    public Guarded(Plan<T> input, ErrorPolicy policy) {
        this(input, policy, input.shape());
    }

    /**
     * Returns whether a policy above {@code node}, nearer to the result, is one for what is below it, too: it works on one
     * record at a time, or only changes which partitions there are. Not where records are numbered or counted off, so that a
     * record that is left out is never one that such an operation has seen.
     */
    public static boolean letsThrough(Node node) {
        return node instanceof Repartitioned<?>
                || node instanceof Concatenated<?>
                || node instanceof SelectedPartition<?>
                || (node instanceof Narrow<?, ?> narrow && isRecordWise(narrow));
    }

    private static boolean isRecordWise(Narrow<?, ?> narrow) {
        return !(narrow instanceof Guarded<?>
                || narrow instanceof MappedPartitions<?, ?>
                || (narrow instanceof MappedPartitions.Elsewhere<?, ?> outside && !outside.oneForOne())
                || narrow.flow() == Flow.IN_ORDER);
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Guarded<T> withInputs(List<? extends Node> inputs) {
        return new Guarded<>(Inputs.plan(inputs, 0), policy);
    }

    @Override
    public String operator() {
        return "onError";
    }

    @Override
    public Flow flow() {
        return Flow.EACH_RECORD;
    }

    /** A limit must not go below it: of the records that go in, some may not come out. */
    @Override
    public boolean oneForOne() {
        return false;
    }

    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.guarded(this);
    }
}

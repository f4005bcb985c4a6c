package dev.bag.run.call;

import dev.bag.kernel.Operator;
import dev.bag.plan.Node;
import dev.bag.plan.Value;
import dev.bag.plan.Value.FirstOf;
import dev.bag.plan.Value.Recovered;
import dev.bag.run.call.Failure.Origin;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the work of a task that has brought tasks of its own: those of a value that a function has made, of
 * what may be recovered, or of alternatives.
 */
final class Region {

    /** Of tasks that no message names. */
    static final Origin NOWHERE = new Origin() {
        @Override
        public Operator operator(Value<?> node) {
            return new Operator(node.operator(), node.operator(), node::operator);
        }

        @Override
        public String label(Value<?> node) {
            return node.operator();
        }

        @Override
        public CallWatch watch(Value<?> node) {
            return CallWatch.NONE;
        }

        @Override
        public boolean keepsValues() {
            return false;
        }
    };

    /** Of a call that was added before the run. */
    record Single(Operator operator, CallWatch watch, boolean keepsValues) implements Origin {
        @Override
        public Operator operator(Value<?> node) {
            return operator;
        }

        @Override
        public String label(Value<?> node) {
            return operator.label();
        }

        @Override
        public CallWatch watch(Value<?> node) {
            return watch;
        }
    }

    private Region() {}

    /** Takes the value of what it follows. */
    record Forward(Fragment fragment) {}

    /** Takes the value of what it follows, or calls the function if that has failed. */
    record Recovery(Recovered<?> node) {}

    /** Takes the first value. */
    static final class Race {
        final FirstOf<?> node;
        /** Written by the thread that makes the race ready with it; null if all have failed. */
        private volatile @Nullable CallTask winner;

        Race(FirstOf<?> node) {
            this.node = node;
        }

        void wonBy(CallTask task) {
            winner = task;
        }

        @Nullable CallTask winner() {
            return winner;
        }
    }

    /** One part of the value of another task, a list. */
    record Element(int index) {}

    /**
     * Values of bags, computed by a run inside this one, when the values are there that their plans need.
     *
     * @param wanted the values
     * @param needed the values that are put into their plans, in the order of the arguments
     */
    record Bags(List<Value<?>> wanted, List<Value<?>> needed) {

        /** Returns the calls that a plan needs, and not what is below them. */
        static List<Value<?>> neededBy(Value<?> wanted) {
            List<Value<?>> needed = new ArrayList<>();
            for (Node node : order(List.of(wanted)).nodes()) {
                if (isCall(node)) {
                    needed.add((Value<?>) node);
                }
            }
            return needed;
        }

        private static Node.Order order(List<Value<?>> of) {
            return Node.Order.of(of, node -> isCall(node) ? List.of() : node.inputs());
        }

        private static boolean isCall(Node node) {
            return node instanceof Value.Called<?>
                    || node instanceof Value.FlatMapped<?, ?>
                    || node instanceof Recovered<?>
                    || node instanceof FirstOf<?>;
        }

        /** Returns what is wanted, with the values of what it needs in place. */
        List<Value<?>> over(@Nullable Object[] values) {
            if (needed.isEmpty()) {
                return wanted;
            }
            Map<Node, Node> replaced = new IdentityHashMap<>();
            for (int i = 0; i < values.length; i++) {
                replaced.put(needed.get(i), new Value.Constant<>(values[i]));
            }
            for (Node node : order(wanted).nodes()) {
                if (!replaced.containsKey(node) && node.inputs().stream().anyMatch(replaced::containsKey)) {
                    List<Node> inputs = new ArrayList<>(node.inputs());
                    inputs.replaceAll(input -> replaced.getOrDefault(input, input));
                    replaced.put(node, node.withInputs(inputs));
                }
            }
            List<Value<?>> over = new ArrayList<>(wanted.size());
            wanted.forEach(value -> over.add((Value<?>) replaced.getOrDefault(value, value)));
            return over;
        }
    }
}

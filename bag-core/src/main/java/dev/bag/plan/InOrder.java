package dev.bag.plan;

import dev.bag.function.CheckedPredicate;
import dev.bag.plan.Within.Narrow;
import dev.bag.value.Pair;
import java.util.List;

/**
 * Operations for which it matters how many records came before, in this partition or in those before it, and for one of
 * them which. {@link Scanned}, the running fold, is another one.
 */
public final class InOrder {

    private InOrder() {}

    /** The first {@code count} records of the bag, in partition order. */
    public record Limited<T>(Plan<T> input, long count, Shape shape) implements Narrow<T, T> {

        /** Checks the count. */
        public Limited {
            if (count < 0) {
                throw new IllegalArgumentException("limit(" + count + "): the count must be 0 or more");
            }
        }

        /** Over {@code input}. */
        public Limited(Plan<T> input, long count) {
            this(input, count, input.shape());
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public Limited<T> withInputs(List<? extends Node> inputs) {
            return new Limited<>(Inputs.plan(inputs, 0), count);
        }

        @Override
        public String operator() {
            return "limit";
        }

        @Override
        public Flow flow() {
            return Flow.IN_ORDER;
        }

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
            return cases.limited(this);
        }
    }

    /** The records of the bag after the first {@code count}, in partition order. */
    public record Skipped<T>(Plan<T> input, long count, Shape shape) implements Narrow<T, T> {

        /** Checks the count. */
        public Skipped {
            if (count < 0) {
                throw new IllegalArgumentException("skip(" + count + "): the count must be 0 or more");
            }
        }

        /** Over {@code input}. */
        public Skipped(Plan<T> input, long count) {
            this(input, count, input.shape());
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public Skipped<T> withInputs(List<? extends Node> inputs) {
            return new Skipped<>(Inputs.plan(inputs, 0), count);
        }

        @Override
        public String operator() {
            return "skip";
        }

        @Override
        public Flow flow() {
            return Flow.IN_ORDER;
        }

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
            return cases.skipped(this);
        }
    }

    /** The records of the bag before the first one for which the predicate returns false, in partition order. */
    public record TakenWhile<T>(Plan<T> input, CheckedPredicate<? super T> keep, Shape shape) implements Narrow<T, T> {

        /** Over {@code input}. */
        public TakenWhile(Plan<T> input, CheckedPredicate<? super T> keep) {
            this(input, keep, input.shape());
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public TakenWhile<T> withInputs(List<? extends Node> inputs) {
            return new TakenWhile<>(Inputs.plan(inputs, 0), keep);
        }

        @Override
        public String operator() {
            return "takeWhile";
        }

        @Override
        public Flow flow() {
            return Flow.IN_ORDER;
        }

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
            return cases.takenWhile(this);
        }
    }

    /** Each record with its index in the whole bag, from 0. */
    public record Indexed<T>(Plan<T> input, Shape shape) implements Narrow<T, Pair<T, Long>> {

        /** Over {@code input}. */
        public Indexed(Plan<T> input) {
            this(input, input.shape());
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public Indexed<T> withInputs(List<? extends Node> inputs) {
            return new Indexed<>(Inputs.plan(inputs, 0));
        }

        @Override
        public String operator() {
            return "zipWithIndex";
        }

        @Override
        public Flow flow() {
            return Flow.IN_ORDER;
        }

        @Override
        public boolean oneForOne() {
            return true;
        }

        @Override
        public boolean keepsKeys() {
            return false;
        }

        @Override
        public <X> X match(Cases<X> cases) {
            return cases.indexed(this);
        }
    }
}

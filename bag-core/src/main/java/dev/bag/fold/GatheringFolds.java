package dev.bag.fold;

import dev.bag.trait.Copies;
import dev.bag.trait.Traits.RetainsCopies;
import dev.bag.trait.Traits.RetainsNothing;
import dev.bag.value.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** All records, in a collection or a text. */
final class GatheringFolds {

    private GatheringFolds() {}

    /** All records. */
    record ListFold<T>() implements Fold<T, ArrayList<T>, List<T>>, RetainsCopies {

        @Override
        public ArrayList<T> zero() {
            return new ArrayList<>();
        }

        @Override
        public ArrayList<T> add(ArrayList<T> list, T record) {
            list.add(Copies.of(record));
            return list;
        }

        @Override
        public ArrayList<T> merge(ArrayList<T> left, ArrayList<T> right) {
            if (left.isEmpty()) {
                return right;
            }
            left.addAll(right);
            return left;
        }

        @Override
        public List<T> finish(ArrayList<T> list) {
            return Collections.unmodifiableList(list);
        }

        @Override
        public boolean mergesExactly() {
            return true;
        }
    }

    /** The first of each equal records. */
    record SetFold<T>() implements Fold<T, LinkedHashSet<T>, Set<T>>, RetainsCopies {

        @Override
        public LinkedHashSet<T> zero() {
            return new LinkedHashSet<>();
        }

        @Override
        public LinkedHashSet<T> add(LinkedHashSet<T> set, T record) {
            if (!(record instanceof View) || !set.contains(record)) {
                set.add(Copies.of(record));
            }
            return set;
        }

        @Override
        public LinkedHashSet<T> merge(LinkedHashSet<T> left, LinkedHashSet<T> right) {
            if (left.isEmpty()) {
                return right;
            }
            left.addAll(right);
            return left;
        }

        @Override
        public Set<T> finish(LinkedHashSet<T> set) {
            return Collections.unmodifiableSet(set);
        }

        @Override
        public boolean mergesExactly() {
            return true;
        }
    }

    /**
     * All records in one string. While it grows, the delimiter is before each record; the first one is cut off at the
     * end.
     */
    record JoiningFold<T extends CharSequence>(String delimiter)
            implements Fold<T, StringBuilder, String>, RetainsNothing {

        JoiningFold {
            Objects.requireNonNull(delimiter, "delimiter");
        }

        @Override
        public StringBuilder zero() {
            return new StringBuilder();
        }

        @Override
        public StringBuilder add(StringBuilder text, T record) {
            return text.append(delimiter).append(record);
        }

        @Override
        public StringBuilder merge(StringBuilder left, StringBuilder right) {
            return left.append(right);
        }

        @Override
        public String finish(StringBuilder text) {
            return text.isEmpty() ? "" : text.substring(delimiter.length());
        }

        @Override
        public boolean mergesExactly() {
            return true;
        }
    }
}

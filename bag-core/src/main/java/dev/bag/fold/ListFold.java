package dev.bag.fold;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All records. */
record ListFold<T>() implements Fold<T, ArrayList<T>, List<T>> {

    @Override
    public ArrayList<T> zero() {
        return new ArrayList<>();
    }

    @Override
    public ArrayList<T> add(ArrayList<T> list, T record) {
        list.add(record);
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

package dev.bag.fold;

import java.util.Objects;

/** All records in one string. While it grows, the delimiter is before each record; the first one is cut off at the end. */
record JoiningFold<T extends CharSequence>(String delimiter) implements Fold<T, StringBuilder, String> {

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

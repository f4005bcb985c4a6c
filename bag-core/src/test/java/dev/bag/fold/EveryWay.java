package dev.bag.fold;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every way to fold a few records: every split into one to five parts, empty ones included, and for each split every
 * tree of merges of neighbours. A fold that keeps its promises has one answer for all.
 */
final class EveryWay {

    private static final int MOST_PARTS = 5;

    private EveryWay() {}

    /** A merge of the parts from {@code from} to below {@code to}: one part as it is, or two trees. */
    private record Tree(int from, List<Tree> children) {}

    static <T, A, R> R inOnePart(Fold<T, A, R> fold, List<T> records) {
        return fold.finish(added(fold, fold.zero(), records));
    }

    static <T, A, R> Stream<R> results(Fold<T, A, R> fold, List<T> records) {
        return splits(records).flatMap(parts -> resultsOfParts(fold, parts));
    }

    static <T, A, R> Stream<R> resultsOfParts(Fold<T, A, R> fold, List<List<T>> parts) {
        return trees(0, parts.size()).stream().map(tree -> fold.finish(merged(fold, tree, parts, same -> same)));
    }

    /** As {@code results}, with each accumulator written to bytes and read again before it is merged. */
    static <T, A, R> Stream<R> resultsThroughBytes(Fold<T, A, R> fold, List<T> records) {
        return splits(records)
                .flatMap(parts -> trees(0, parts.size()).stream()
                        .map(tree -> fold.finish(merged(fold, tree, parts, EveryWay::throughBytes))));
    }

    /** Some records in two merged parts, the others added to what comes of it. */
    static <T, A, R> Stream<R> resultsOfAddingAfterMerging(Fold<T, A, R> fold, List<T> records) {
        return IntStream.rangeClosed(0, records.size())
                .boxed()
                .flatMap(middle -> IntStream.rangeClosed(middle, records.size()).mapToObj(end -> {
                    A left = added(fold, fold.zero(), records.subList(0, middle));
                    A right = added(fold, fold.zero(), records.subList(middle, end));
                    return fold.finish(added(fold, fold.merge(left, right), records.subList(end, records.size())));
                }));
    }

    static <T> Stream<List<List<T>>> splits(List<T> records) {
        return IntStream.rangeClosed(1, MOST_PARTS).boxed().flatMap(count -> splits(records, count));
    }

    static <T> Stream<List<List<T>>> splits(List<T> records, int count) {
        if (count == 1) {
            return Stream.of(List.of(records));
        }
        return IntStream.rangeClosed(0, records.size())
                .boxed()
                .flatMap(end -> splits(records.subList(end, records.size()), count - 1)
                        .map(later -> prepended(records.subList(0, end), later)));
    }

    /** Every list of {@code length} of {@code values}. */
    static <T> Stream<List<T>> lists(List<T> values, int length) {
        if (length == 0) {
            return Stream.of(List.of());
        }
        return lists(values, length - 1).flatMap(rest -> values.stream().map(first -> prepended(first, rest)));
    }

    static <T> T throughBytes(T value) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes(value)))) {
            @SuppressWarnings("unchecked") // what is read is what was written
            T copy = (T) in.readObject();
            return copy;
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** The size of what a fold holds of 100,000 ascending numbers, before it is finished. */
    static <A> int bytesHeld(Fold<Integer, A, ?> fold) {
        List<Integer> numbers = IntStream.range(0, 100_000).boxed().toList();
        return bytes(added(fold, fold.zero(), numbers)).length;
    }

    static byte[] bytes(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static <T, A> A added(Fold<T, A, ?> fold, A accumulator, List<T> records) {
        A sum = accumulator;
        for (T record : records) {
            sum = fold.add(sum, record);
        }
        return sum;
    }

    private static List<Tree> trees(int from, int to) {
        if (to - from == 1) {
            return List.of(new Tree(from, List.of()));
        }
        return IntStream.range(from + 1, to)
                .boxed()
                .flatMap(middle -> trees(from, middle).stream()
                        .flatMap(left -> trees(middle, to).stream().map(right -> new Tree(from, List.of(left, right)))))
                .toList();
    }

    private static <T, A> A merged(Fold<T, A, ?> fold, Tree tree, List<List<T>> parts, UnaryOperator<A> before) {
        if (tree.children().isEmpty()) {
            return added(fold, fold.zero(), parts.get(tree.from()));
        }
        return fold.merge(
                before.apply(merged(fold, tree.children().get(0), parts, before)),
                before.apply(merged(fold, tree.children().get(1), parts, before)));
    }

    private static <T> List<T> prepended(T first, List<T> rest) {
        List<T> all = new ArrayList<>(rest.size() + 1);
        all.add(first);
        all.addAll(rest);
        return all;
    }
}

package dev.bag.testing;

import dev.bag.Bag;
import java.util.ArrayList;
import java.util.List;

/** The same records as different bags: how they fall into partitions must not change an answer. */
public final class Cuts {

    private Cuts() {}

    /** Bags of the records in 1, 2 and 5 partitions; with empty partitions; as one stream of chunks. */
    public static <T> List<Bag<T>> of(List<T> records) {
        List<Bag<T>> bags = new ArrayList<>();
        for (int count : new int[] {1, 2, 5}) {
            bags.add(Bag.from(ProbedSource.of(parts(records, count))));
        }
        int half = records.size() / 2;
        List<List<T>> none = List.of();
        List<List<T>> first = List.of(records.subList(0, half));
        List<List<T>> second = List.of(records.subList(half, records.size()));
        bags.add(Bag.from(ProbedSource.of(List.of(none, first, none, none, second, none))));
        bags.add(Bag.from(ProbedSource.pipelined(List.of(List.of(first.get(0), List.of(), second.get(0))))));
        return bags;
    }

    /** Parts of one chunk each, whose sizes differ by at most 1. */
    public static <T> List<List<List<T>>> parts(List<T> records, int count) {
        List<List<List<T>>> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(List.of(records.subList(records.size() * i / count, records.size() * (i + 1) / count)));
        }
        return parts;
    }
}

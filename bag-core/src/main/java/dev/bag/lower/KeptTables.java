package dev.bag.lower;

import dev.bag.kernel.KeyTable;
import java.util.List;

/** The tables of one side of a cogroup, split by target, in input order. */
final class KeptTables extends Produced {

    private final int targets;
    private List<KeyTable> tables = List.of();

    KeptTables(int targets) {
        this.targets = targets;
    }

    int targets() {
        return targets;
    }

    void set(List<KeyTable> inOrder) {
        tables = inOrder;
    }

    List<KeyTable> get() {
        return tables;
    }
}

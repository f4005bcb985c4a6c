package dev.bag.shuffle.gather;

import dev.bag.shuffle.hold.Partitioner;
import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Weight;
import dev.bag.spill.SpillArea;
import dev.bag.trait.Traits.InDoubles;
import java.io.IOException;

/** An accumulator in doubles for each key of one part of the bag. */
final class DoublesTable extends OpenBuffer {

    private final Targets targets;
    private final InDoubles<Object> fold;
    private final TableSizes sizes;
    private final Doubles doubles;

    DoublesTable(SpillArea area, Targets targets, InDoubles<Object> fold, TableSizes sizes) {
        super(area);
        this.targets = targets;
        this.fold = fold;
        this.sizes = sizes;
        this.doubles = new Doubles(fold, sizes.expected());
    }

    @Override
    DoublesTable fresh() {
        return new DoublesTable(area(), targets, fold, sizes);
    }

    void add(Object key, Object record) {
        doubles.add(key, record);
    }

    @Override
    int count() {
        return doubles.count();
    }

    @Override
    public long bytes() {
        return doubles.bytes();
    }

    @Override
    boolean isLike(OpenBuffer right) {
        return right instanceof DoublesTable other && other.targets.equals(targets);
    }

    /** Doubles are rounded when they are added up. */
    @Override
    boolean absorbingShows() {
        return true;
    }

    @Override
    void add(OpenBuffer right) {
        doubles.addAll(((DoublesTable) right).doubles);
    }

    @Override
    public Segment seal() throws IOException {
        int count = doubles.count();
        sizes.note(count);
        long bytes = doubles.bytes();
        Partitioner by = Partitioner.of(targets.of(count, doubles::stableHash), count, targets.count());
        doubles.complete();
        return Segment.seal(
                area(),
                new DoublesStore(doubles, by.order),
                by.present,
                by.starts,
                Weight.ofObjects(bytes, reserved()));
    }
}

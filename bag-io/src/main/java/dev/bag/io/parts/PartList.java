package dev.bag.io.parts;

import dev.bag.io.split.FileSlice;
import dev.bag.io.split.Partitions;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Parts of files, one for each partition, made as they are asked for. */
public final class PartList<P> extends AbstractList<P> implements RandomAccess, Serializable {

    private static final long serialVersionUID = 1;

    private final Partitions partitions;
    private final Maker<P> maker;

    /** Makes a part. */
    @FunctionalInterface
    public interface Maker<P> extends Serializable {

        /** Returns the part that reads some slices. */
        P part(List<FileSlice> slices);
    }

    public PartList(Partitions partitions, Maker<P> maker) {
        this.partitions = partitions;
        this.maker = maker;
    }

    @Override
    public int size() {
        return partitions.size();
    }

    @Override
    public P get(int index) {
        return maker.part(partitions.get(index));
    }
}

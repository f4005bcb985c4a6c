package dev.bag.io;

import dev.bag.io.codec.Decompression;
import dev.bag.io.split.Partitions;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.RandomAccess;

/** The parts of files of text, one for each partition, made as they are asked for. */
final class TextParts extends AbstractList<TextPart> implements RandomAccess, Serializable {

    private static final long serialVersionUID = 1;

    private final Partitions partitions;
    private final TextFormat format;
    private final Decompression decompression;

    /** The lines of files that are cut and grouped already. */
    TextParts(Partitions partitions, TextFormat format, Decompression decompression) {
        this.partitions = partitions;
        this.format = format;
        this.decompression = decompression;
    }

    @Override
    public int size() {
        return partitions.size();
    }

    @Override
    public TextPart get(int index) {
        return TextPart.of(partitions.get(index), format, decompression);
    }
}

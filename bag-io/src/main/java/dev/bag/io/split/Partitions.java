package dev.bag.io.split;

import dev.bag.io.file.InputFile;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The pieces of files that each partition reads, in the order of the files. A partition is a part of one large file, or
 * one file, or several small ones that follow each other. Pieces are made as they are asked for.
 */
public final class Partitions extends AbstractList<List<FileSlice>> implements RandomAccess, Serializable {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // the lists that make partitions are serializable
    private final List<InputFile> files;

    /** Groups of files, one after the other: the group {@code g} begins with file {@code firstFile[g]}. */
    private final int[] firstFile;

    /** The group {@code g} begins with partition {@code firstPartition[g]}; it has several only if it is one file. */
    private final int[] firstPartition;

    Partitions(List<InputFile> files, int[] firstFile, int[] firstPartition) {
        this.files = files;
        this.firstFile = firstFile;
        this.firstPartition = firstPartition;
    }

    @Override
    public int size() {
        return firstPartition[firstPartition.length - 1];
    }

    @Override
    public List<FileSlice> get(int index) {
        Objects.checkIndex(index, size());
        int found = Arrays.binarySearch(firstPartition, index);
        int group = found >= 0 ? found : -found - 2;
        int pieces = firstPartition[group + 1] - firstPartition[group];
        return pieces == 1
                ? wholeFiles(firstFile[group], firstFile[group + 1])
                : Collections.singletonList(piece(files.get(firstFile[group]), index - firstPartition[group], pieces));
    }

    private List<FileSlice> wholeFiles(int from, int to) {
        FileSlice[] pieces = new FileSlice[to - from];
        for (int i = from; i < to; i++) {
            pieces[i - from] = FileSlice.whole(files.get(i));
        }
        return List.of(pieces);
    }

    private static FileSlice piece(InputFile file, int index, int count) {
        return new FileSlice(file, offset(file.byteCount(), index, count), offset(file.byteCount(), index + 1, count));
    }

    /** {@code size * index / count}, where the product may be too large for a {@code long}. */
    private static long offset(long size, long index, long count) {
        return size / count * index + size % count * index / count;
    }
}

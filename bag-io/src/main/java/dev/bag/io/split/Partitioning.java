package dev.bag.io.split;

import dev.bag.io.file.InputFile;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How files become partitions: by size, or by number of files.
 *
 * @param blockSize the most bytes of a partition, unless one file cannot be split further; 0 to choose by the total size
 * @param filesPerPartition so many files in each partition; 0 to go by size
 */
public record Partitioning(long blockSize, int filesPerPartition) implements Serializable {

    /** By size, chosen by the total. */
    public static final Partitioning DEFAULT = new Partitioning(0, 0);

    /** Checks that one of them decides. */
    public Partitioning {
        if (blockSize > 0 && filesPerPartition > 0) {
            throw new IllegalArgumentException(
                    "blockSize and filesPerPartition contradict each other: leave one of them out");
        }
    }

    private static final long SMALLEST_BLOCK = 1L << 20;
    private static final long LARGEST_BLOCK = 64L << 20;

    /** Between the two bounds all files have this many partitions together. */
    private static final int PARTITIONS_WANTED = 32;

    /** How much work a byte of a compressed file is, when small files are grouped. */
    private static final int COMPRESSED_WEIGHT = 8;

    /** Which files can be read from the middle, and which are larger than they look. */
    public interface Kinds {

        /**
         * Returns whether a file can be cut at the ends of records, or of what it is compressed in. Asked only of files that
         * would be cut.
         */
        boolean splittable(InputFile file);

        /** Returns whether a file is compressed. */
        boolean compressed(InputFile file);
    }

    /** Cuts and groups. */
    public Partitions partitions(List<InputFile> files, Kinds kinds) {
        Groups groups = new Groups(files.size());
        if (filesPerPartition > 0) {
            for (int i = 0; i < files.size(); i += filesPerPartition) {
                groups.add(i, 1);
            }
        } else {
            groupBySize(files, kinds, groups);
        }
        return groups.close(files);
    }

    private void groupBySize(List<InputFile> files, Kinds kinds, Groups groups) {
        long block = blockSize > 0 ? blockSize : defaultBlockSize(files, kinds);
        long grouped = 0;
        boolean open = false;
        for (int i = 0; i < files.size(); i++) {
            InputFile file = files.get(i);
            long weight = weight(file, kinds);
            if (!file.sizeIsKnown()) {
                groups.add(i, 1);
                open = false;
            } else if (weight > block && pieces(file, kinds, block) > 1 && kinds.splittable(file)) {
                groups.add(i, pieces(file, kinds, block));
                open = false;
            } else if (open && weight <= block - grouped) {
                grouped += weight;
            } else {
                groups.add(i, 1);
                open = weight < block;
                grouped = weight;
            }
        }
    }

    /**
     * Returns how many pieces a file becomes. The block size that is given means bytes as they are stored. By default the
     * weight decides, but no piece of a compressed file is smaller than the smallest block: each piece decompresses some
     * of the next one, too.
     */
    private long pieces(InputFile file, Kinds kinds, long block) {
        boolean byDefault = blockSize == 0;
        long byBytes = (file.byteCount() - 1) / block + 1;
        if (!byDefault || !kinds.compressed(file)) {
            return byBytes;
        }
        long byWeight = (weight(file, kinds) - 1) / block + 1;
        return Math.max(1, Math.min(byWeight, file.byteCount() / SMALLEST_BLOCK));
    }

    /** The same on every machine: from what is read, never from the cores. */
    static long defaultBlockSize(List<InputFile> files, Kinds kinds) {
        long total = 0;
        for (InputFile file : files) {
            total += weight(file, kinds);
        }
        return Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, (total - 1) / PARTITIONS_WANTED + 1));
    }

    private static long weight(InputFile file, Kinds kinds) {
        if (!file.sizeIsKnown()) {
            return 0;
        }
        return kinds.compressed(file) ? file.byteCount() * COMPRESSED_WEIGHT : file.byteCount();
    }

    /** Groups of files under construction. */
    private static final class Groups {

        private final int[] firstFile;
        private final int[] firstPartition;
        private int count;
        private int partitionCount;

        Groups(int mostGroups) {
            firstFile = new int[mostGroups + 1];
            firstPartition = new int[mostGroups + 1];
        }

        void add(int file, long partitions) {
            if (partitions > Integer.MAX_VALUE - partitionCount) {
                throw new IllegalArgumentException("blockSize: these files would have more than 2,147,483,647"
                        + " partitions. Choose a larger block size.");
            }
            firstFile[count] = file;
            firstPartition[count] = partitionCount;
            partitionCount += (int) partitions;
            count++;
        }

        Partitions close(List<InputFile> files) {
            firstFile[count] = files.size();
            firstPartition[count] = partitionCount;
            return new Partitions(files, Arrays.copyOf(firstFile, count + 1), Arrays.copyOf(firstPartition, count + 1));
        }
    }
}

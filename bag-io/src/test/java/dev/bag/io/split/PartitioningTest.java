package dev.bag.io.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.io.file.InputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitioningTest {

    private static final long MIB = 1L << 20;

    private static final Partitioning.Kinds BY_NAME = new Partitioning.Kinds() {
        @Override
        public boolean splittable(InputFile file) {
            return !file.name().endsWith(".gz");
        }

        @Override
        public boolean compressed(InputFile file) {
            return file.name().endsWith(".gz") || file.name().endsWith(".bz2");
        }
    };

    @Test
    void cutsALargeFileEvenly() {
        assertThat(cut(new Partitioning(40, 0), "a:100")).containsExactly("a[0,33)", "a[33,66)", "a[66,100)");
        assertThat(cut(new Partitioning(1, 0), "a:3")).containsExactly("a[0,1)", "a[1,2)", "a[2,3)");
        assertThat(cut(new Partitioning(100, 0), "a:100")).containsExactly("a[0,100)");
    }

    @Test
    void groupsSmallFilesThatFollowEachOther() {
        assertThat(cut(new Partitioning(100, 0), "a:40", "b:40", "c:40", "d:0", "e:60", "f:100", "g:1"))
                .containsExactly("a[0,40) b[0,40)", "c[0,40) d[0,0) e[0,60)", "f[0,100)", "g[0,1)");
    }

    @Test
    void groupsNothingWithAPieceOfALargeFile() {
        assertThat(cut(new Partitioning(100, 0), "a:1", "b:101", "c:1"))
                .containsExactly("a[0,1)", "b[0,50)", "b[50,101)", "c[0,1)");
    }

    @Test
    void neverCutsACompressedFileAndCountsItEightTimes() {
        assertThat(cut(new Partitioning(100, 0), "a.gz:1000", "b.gz:5", "c.gz:5", "d.gz:5", "e:20"))
                .containsExactly("a.gz[0,1000)", "b.gz[0,5) c.gz[0,5)", "d.gz[0,5) e[0,20)");
    }

    @Test
    void cutsACompressedFileByItsBytesAsTheyAreStored() {
        assertThat(cut(new Partitioning(100, 0), "a.bz2:250", "b.bz2:100", "c.bz2:5", "d:20"))
                .containsExactly(
                        "a.bz2[0,83)", "a.bz2[83,166)", "a.bz2[166,250)", "b.bz2[0,100)", "c.bz2[0,5) d[0,20)");
    }

    @Test
    void cutsACompressedFileIntoPiecesWorthTheirWork() {
        assertThat(cut(Partitioning.DEFAULT, "a.bz2:" + 81 * MIB)).hasSize(32);
        assertThat(cut(Partitioning.DEFAULT, "a.bz2:" + 5 * MIB)).hasSize(5);
        assertThat(cut(Partitioning.DEFAULT, "a.bz2:" + (2 * MIB - 1))).hasSize(1);
        assertThat(cut(Partitioning.DEFAULT, "a.bz2:" + 1000 * MIB)).hasSize(125);
        assertThat(cut(Partitioning.DEFAULT, "a.bz2:" + 3 * MIB, "b:5", "c.bz2:" + MIB))
                .hasSize(5);
    }

    @Test
    void looksIntoNoFileThatWouldNotBeCut() {
        Partitioning.Kinds neverAsked = new Partitioning.Kinds() {
            @Override
            public boolean splittable(InputFile file) {
                throw new AssertionError(file.name());
            }

            @Override
            public boolean compressed(InputFile file) {
                return true;
            }
        };
        List<InputFile> files = List.of(new InputFile(Path.of("a"), 100), new InputFile(Path.of("b"), 2 * MIB - 1));
        assertThat(new Partitioning(2 * MIB, 0).partitions(files, neverAsked)).hasSize(2);
        assertThat(new Partitioning(0, 1).partitions(files, neverAsked)).hasSize(2);
        assertThat(Partitioning.DEFAULT.partitions(files, neverAsked)).hasSize(2);
    }

    @Test
    void countsFilesIfAsked() {
        assertThat(cut(new Partitioning(0, 2), "a:1000000000", "b:1", "c:1"))
                .containsExactly("a[0,1000000000) b[0,1)", "c[0,1)");
    }

    @Test
    void choosesABlockSizeByTheTotal() {
        assertThat(blockSize("a:0")).isEqualTo(MIB);
        assertThat(blockSize("a:" + 20 * MIB)).isEqualTo(MIB);
        assertThat(blockSize("a:" + 1024 * MIB)).isEqualTo(32 * MIB);
        assertThat(blockSize("a:" + 512 * MIB, "b:" + 512 * MIB)).isEqualTo(32 * MIB);
        assertThat(blockSize("a:" + 100_000 * MIB)).isEqualTo(64 * MIB);
        assertThat(blockSize("a.gz:" + 128 * MIB)).isEqualTo(32 * MIB);
        assertThat(cut(Partitioning.DEFAULT, "a:" + 1024 * MIB)).hasSize(32);
    }

    @Test
    void makesPiecesOnlyAsTheyAreAskedFor() {
        InputFile huge = new InputFile(Path.of("a"), Long.MAX_VALUE / 16);
        Partitions partitions = new Partitioning(1L << 30, 0).partitions(List.of(huge), BY_NAME);
        FileSlice last = partitions.get(partitions.size() - 1).get(0);
        assertThat(partitions).hasSize(536_870_912);
        assertThat(last.to()).isEqualTo(huge.byteCount());
        assertThat(partitions.get(partitions.size() - 2).get(0).to()).isEqualTo(last.from());
    }

    @Test
    void refusesMorePartitionsThanCanBeNumbered() {
        assertThatThrownBy(() -> cut(new Partitioning(1, 0), "a:2000000000", "b:2000000000"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blockSize: these files would have more than 2,147,483,647 partitions."
                        + " Choose a larger block size.");
    }

    @Test
    void refusesTwoWaysAtOnce() {
        assertThatThrownBy(() -> new Partitioning(1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blockSize and filesPerPartition contradict each other: leave one of them out");
    }

    @Test
    void hasNoPartitionWithoutFiles() {
        assertThat(cut(Partitioning.DEFAULT)).isEmpty();
    }

    private static long blockSize(String... files) {
        return Partitioning.defaultBlockSize(files(files), BY_NAME);
    }

    private static List<String> cut(Partitioning partitioning, String... files) {
        List<String> texts = new ArrayList<>();
        for (List<FileSlice> pieces : partitioning.partitions(files(files), BY_NAME)) {
            List<String> inOne = new ArrayList<>();
            for (FileSlice piece : pieces) {
                inOne.add(piece.file() + "[" + piece.from() + "," + piece.to() + ")");
            }
            texts.add(String.join(" ", inOne));
        }
        return texts;
    }

    private static List<InputFile> files(String... namesAndSizes) {
        List<InputFile> files = new ArrayList<>();
        for (String nameAndSize : namesAndSizes) {
            int colon = nameAndSize.indexOf(':');
            files.add(new InputFile(
                    Path.of(nameAndSize.substring(0, colon)), Long.parseLong(nameAndSize.substring(colon + 1))));
        }
        return files;
    }
}

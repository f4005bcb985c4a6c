package dev.bag;

import static dev.bag.LargerThanMemory.Case.GROUPED;
import static dev.bag.LargerThanMemory.Case.SORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bag.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Shuffles and sorts of more than fits into the heap, of 96 MB: 600 MB of records grouped and sorted, 100 MB of them for all
 * other operators. {@code -Dlarge=true} gives 600 MB to each of them, which takes some minutes, {@code -Dlarge=false} to none.
 */
@Tag("once")
@Tag("P30")
class LargerThanMemoryTest {

    private static final long RECORDS_OF_600_MB = 3_000_000;
    private static final long RECORDS_OF_100_MB = 430_000;
    private static final Set<LargerThanMemory.Case> ALWAYS_LARGE = EnumSet.of(GROUPED, SORTED);

    @TempDir
    Path folder;

    private List<String> options(LargerThanMemory.Case each, long records) {
        return List.of("-Xmx96m", "-Djava.io.tmpdir=" + folder, "-Dcase=" + each, "-Drecords=" + records);
    }

    private void assertRightWithinTheBudget(ChildJvm.Result result) {
        assertThat(result.output()).matches("right \\d+ \\d+\n");
        String[] words = result.output().trim().split(" ");
        assertThat(Long.parseLong(words[1])).as("peak").isLessThanOrEqualTo(Long.parseLong(words[2]));
        assertThat(SpillFolder.filesIn(folder))
                .as("files that were left")
                .noneMatch(file -> file.getFileName().toString().startsWith("bag"));
    }

    @ParameterizedTest
    @EnumSource
    void givesTheRightAnswerWithinTheBudget(LargerThanMemory.Case each) throws IOException, InterruptedException {
        @Nullable String large = System.getProperty("large");
        boolean isLarge = large == null ? ALWAYS_LARGE.contains(each) : Boolean.parseBoolean(large);
        long records = isLarge ? RECORDS_OF_600_MB : RECORDS_OF_100_MB;
        assertRightWithinTheBudget(ChildJvm.run(LargerThanMemory.class, options(each, records)));
    }

    /** 40,000 records in runs of at most 2 kB, which is seven records. */
    @ParameterizedTest
    @EnumSource(names = {"SORTED", "SORTED_BY_A_COMPARATOR", "ALL_KEYS_EQUAL_SORTED"})
    void mergesFiveThousandRunsWith256OpenFiles(LargerThanMemory.Case each) throws IOException, InterruptedException {
        Path shell = Path.of("/bin/sh");
        assumeTrue(Files.isExecutable(shell), "there is no shell to limit open files with");
        List<String> options = new ArrayList<>(options(each, 40_000));
        options.add("-Dmemory=16kB");
        List<String> limited = List.of(shell.toString(), "-c", "ulimit -n 256; exec \"$0\" \"$@\"");
        assertRightWithinTheBudget(ChildJvm.run(limited, LargerThanMemory.class, options));
    }
}

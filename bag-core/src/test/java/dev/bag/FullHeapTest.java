package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Records that fill the heap make a run fail, or are not kept; no run hangs for them, and the runner goes on. */
@Tag("once")
@Tag("P22")
@Tag("P28")
class FullHeapTest {

    private static List<String> options(String actions, int threads, int records, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx96m", "-XX:+UseG1GC", "-Dactions=" + actions, "-Dthreads=" + threads, "-Drecords=" + records));
        options.addAll(List.of(more));
        return options;
    }

    private static void assertEnds(String actions, int threads, int records, String expected)
            throws IOException, InterruptedException {
        ChildJvm.Result result = ChildJvm.run(FullHeap.class, options(actions, threads, records));
        assertThat(result.output()).as("%s on %s threads", actions, threads).contains("ended [" + expected);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void recordsThatPassByDoNotFillTheHeap() throws IOException, InterruptedException {
        for (int threads = 1; threads <= 2; threads++) {
            assertEnds(
                    "STREAM,FOR_EACH,GENERATED,STREAM_ABANDONED",
                    threads,
                    600,
                    "STREAM right, FOR_EACH right, GENERATED right, STREAM_ABANDONED right]");
        }
    }

    @Test
    void recordsThatAreKeptFailTheRun() throws IOException, InterruptedException {
        for (int threads = 1; threads <= 2; threads++) {
            assertEnds(
                    "COMPUTE,COMPUTE_ASYNC,STREAM_TO_LIST",
                    threads,
                    600,
                    "COMPUTE out of memory, COMPUTE_ASYNC out of memory, STREAM_TO_LIST out of memory]");
        }
    }

    @Test
    @Tag("long")
    void everyActionEndsOnAnyNumberOfThreads() throws IOException, InterruptedException {
        String all = Arrays.stream(FullHeap.Action.values()).map(Enum::name).collect(Collectors.joining(","));
        for (int threads : new int[] {0, 1, 2, 4}) {
            for (int round = 0; round < 3; round++) {
                assertEnds(
                        all,
                        threads,
                        400,
                        "STREAM right, STREAM_SLOWLY right, STREAM_TO_LIST out of memory, STREAM_ABANDONED right,"
                                + " COMPUTE out of memory, TAKE out of memory, COMPUTE_ASYNC out of memory,"
                                + " COMPUTE_ALL out of memory, FOR_EACH right, FOR_EACH_PARTITION right,"
                                + " GENERATED right, PERSIST right]");
            }
        }
    }
}

package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process that spills is killed: the next run in the same folder cleans up after it, but not what a live one uses. */
@Tag("P38")
class KilledTest {

    private static final int RECORDS = 3_000;

    @RegisterExtension
    final SpillFolder folder = new SpillFolder();

    private static Bag<String> sorted(int count) {
        return Bag.range(0, count, 8)
                .map(n -> "%020d".formatted(count - n).repeat(10))
                .sorted();
    }

    /** Has two runs that have spilled wait, until it is told to go on by the end of its input, and prints what they count. */
    static final class Spills {

        private Spills() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            Runner runner = Runner.local().threads(4).memory("50kB").build();
            CountDownLatch begun = new CountDownLatch(2);
            CountDownLatch goOn = new CountDownLatch(1);
            CompletableFuture<Long> first = waiting(begun, goOn).computeAsync(runner);
            CompletableFuture<Long> second = waiting(begun, goOn).computeAsync(runner);
            begun.await();
            System.out.println("spilled");
            if (System.in.read() == -1) {
                goOn.countDown();
            }
            System.out.println(first.join() + " " + second.join());
        }

        private static Delayed<Long> waiting(CountDownLatch begun, CountDownLatch goOn) {
            // one partition, so that one task of each run waits and others can work
            return sorted(RECORDS)
                    .repartition(1)
                    .peek(text -> {
                        begun.countDown();
                        goOn.await();
                    })
                    .map(String::length)
                    .sumLong(length -> length);
        }
    }

    private void spillHere() {
        assertThat(sorted(RECORDS).compute(folder.runner(2, "50kB"))).hasSize(RECORDS);
    }

    private Process startChild() throws IOException {
        return ChildJvm.start(Spills.class, List.of("-Djava.io.tmpdir=" + folder.path()));
    }

    @Test
    void theNextRunDeletesWhatAKilledProcessHasLeft() throws IOException, InterruptedException {
        Process child = startChild();
        try (BufferedReader output = child.inputReader()) {
            assertThat(output.readLine()).isEqualTo("spilled");
            child.destroyForcibly().waitFor();
            assertThat(folder.files()).isNotEmpty();
            spillHere();
            folder.assertClean();
        } finally {
            child.destroyForcibly();
        }
    }

    /** As Ctrl-C does. */
    @Test
    @Tag("P21")
    void aProcessThatIsInterruptedCleansUpAfterItself() throws IOException, InterruptedException {
        Process child = startChild();
        try (BufferedReader output = child.inputReader()) {
            assertThat(output.readLine()).isEqualTo("spilled");
            assertThat(folder.files()).isNotEmpty();
            new ProcessBuilder("kill", "-INT", Long.toString(child.pid()))
                    .start()
                    .waitFor();
            assertThat(child.waitFor()).isEqualTo(130);
            folder.assertClean();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void theNextRunLeavesAloneWhatSeveralRunsOfALiveProcessUse() throws IOException, InterruptedException {
        Process child = startChild();
        try (BufferedReader output = child.inputReader()) {
            assertThat(output.readLine()).isEqualTo("spilled");
            List<Path> ofChild = folder.files();
            assertThat(ofChild.stream().filter(file -> file.toString().endsWith(".lock")))
                    .hasSize(2);
            spillHere();
            assertThat(folder.files()).hasSameElementsAs(ofChild);
            child.getOutputStream().close();
            assertThat(output.readLine()).isEqualTo("600000 600000");
            assertThat(child.waitFor()).isZero();
        } finally {
            child.destroyForcibly();
        }
    }
}

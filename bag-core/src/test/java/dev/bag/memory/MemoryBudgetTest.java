package dev.bag.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.memory.MemoryAccount.Spillable;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import dev.bag.spill.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gives memory, in which order, and that in the end none is missing. */
class MemoryBudgetTest {

    private static final long KB = 1 << 10;

    @TempDir
    Path temp;

    private Workspace workspace;
    private final List<String> spilled = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void aHundredKilobytes() {
        workspace = new Workspace(100 * KB, temp, 2);
    }

    /** Counted and offered when it is made; says when it is spilled. */
    private Spillable thing(String name, long kilobytes) {
        return new Spillable() {
            @Override
            public void drop() {}

            @Override
            public long bytes() {
                return kilobytes * KB;
            }

            @Override
            public long spill() {
                spilled.add(name);
                return bytes();
            }
        };
    }

    private RunSpace.Offer offer(RunSpace run, String name, long kilobytes) throws IOException {
        run.reserve(kilobytes * KB);
        return run.offer(thing(name, kilobytes));
    }

    private static long usedBy(MemoryAccount run) {
        return run.used();
    }

    private interface Failing {
        long spill() throws IOException;
    }

    private static Spillable failing(long kilobytes, Failing failure) {
        return new Spillable() {
            @Override
            public void drop() {}

            @Override
            public long bytes() {
                return kilobytes * KB;
            }

            @Override
            public long spill() throws IOException {
                return failure.spill();
            }
        };
    }

    @Test
    void whatIsReservedIsCountedAndWhatIsReleasedIsNot() throws Exception {
        try (RunSpace run = workspace.open()) {
            run.reserve(10 * KB);
            run.reserve(5 * KB);
            assertThat(workspace.usedBytes()).isEqualTo(15 * KB);
            assertThat(usedBy(run)).isEqualTo(15 * KB);
            run.release(7 * KB);
            assertThat(workspace.usedBytes()).isEqualTo(8 * KB);
            assertThat(workspace.peakBytes()).isEqualTo(15 * KB);
        }
        assertThat(workspace.usedBytes()).isEqualTo(0);
    }

    @Test
    void nothingIsSpilledWhileThereIsRoom() throws Exception {
        try (RunSpace run = workspace.open()) {
            offer(run, "a", 60);
            offer(run, "b", 40);
            assertThat(spilled).isEmpty();
            assertThat(workspace.usedBytes()).isEqualTo(100 * KB);
        }
    }

    @Test
    void theLargestGoesFirstOfEqualsTheOldestUntilHalfIsFree() throws Exception {
        try (RunSpace run = workspace.open()) {
            offer(run, "a", 20);
            offer(run, "b", 30);
            offer(run, "c", 10);
            offer(run, "d", 30);
            run.reserve(15 * KB);
            assertThat(spilled).as("down to half of the limit").containsExactly("b", "d");
            run.reserve(60 * KB);
            assertThat(spilled).containsExactly("b", "d", "a", "c");
            assertThat(workspace.usedBytes()).isEqualTo(75 * KB);
            assertThat(workspace.peakBytes()).isEqualTo(90 * KB);
        }
    }

    @Test
    void roomIsMadeBeforeMoreIsCounted() throws Exception {
        try (RunSpace run = workspace.open()) {
            run.reserve(90 * KB);
            run.offer(failing(90, () -> {
                assertThat(workspace.usedBytes()).as("while it is spilled").isEqualTo(90 * KB);
                return 90 * KB;
            }));
            run.reserve(30 * KB);
            assertThat(run.peakBytes()).isEqualTo(90 * KB);
            assertThat(workspace.peakBytes()).isEqualTo(90 * KB);
        }
    }

    @Test
    void moreRoomIsMadeWhenSomebodyElseTookIt() throws Exception {
        try (RunSpace run = workspace.open();
                RunSpace other = workspace.open()) {
            run.reserve(90 * KB);
            run.offer(failing(90, () -> {
                run.release(90 * KB);
                offer(other, "taken", 90);
                return 0;
            }));
            run.reserve(30 * KB);
            assertThat(spilled).containsExactly("taken");
            assertThat(workspace.usedBytes()).isEqualTo(30 * KB);
            assertThat(workspace.peakBytes()).isEqualTo(90 * KB);
        }
    }

    @Test
    void whatIsNeededInAnyCaseIsCountedEvenIfSpillingFails() throws Exception {
        try (RunSpace run = workspace.open()) {
            run.reserve(90 * KB);
            run.offer(failing(90, () -> {
                throw new IOException("full");
            }));
            assertThatThrownBy(() -> run.reserve(20 * KB)).hasMessage("full");
            assertThat(workspace.usedBytes()).isEqualTo(110 * KB);
        }
    }

    @Test
    void whatWasWithdrawnIsNotSpilled() throws Exception {
        try (RunSpace run = workspace.open()) {
            RunSpace.Offer offer = offer(run, "a", 60);
            offer(run, "b", 30);
            run.withdraw(offer);
            run.withdraw(offer);
            run.reserve(20 * KB);
            assertThat(spilled).containsExactly("b");
        }
    }

    @Test
    void theRunWithMoreMemoryGivesFirstWhoeverAsks() throws Exception {
        try (RunSpace small = workspace.open();
                RunSpace large = workspace.open()) {
            offer(small, "small", 35);
            offer(large, "l1", 20);
            offer(large, "l2", 20);
            offer(large, "l3", 20);
            small.reserve(10 * KB);
            assertThat(spilled).containsExactly("l1", "small");
            assertThat(usedBy(large)).isEqualTo(40 * KB);
            small.reserve(55 * KB);
            assertThat(spilled).as("large has something left").containsExactly("l1", "small", "l2", "l3");
        }
    }

    @Test
    void aRunWithNothingToSpillLetsTheOtherGive() throws Exception {
        try (RunSpace stubborn = workspace.open();
                RunSpace other = workspace.open()) {
            stubborn.reserve(80 * KB);
            offer(other, "other", 15);
            stubborn.reserve(10 * KB);
            assertThat(spilled).containsExactly("other");
            assertThat(workspace.usedBytes()).isEqualTo(90 * KB);
        }
    }

    @Test
    void whenNothingIsLeftToSpillOnlyThoseWhoCannotDoWithoutGetMore() throws Exception {
        try (RunSpace run = workspace.open()) {
            run.reserve(90 * KB);
            assertThat(run.tryReserve(20 * KB)).isFalse();
            assertThat(workspace.usedBytes()).isEqualTo(90 * KB);
            run.reserve(20 * KB);
            assertThat(workspace.usedBytes()).isEqualTo(110 * KB);
            assertThat(run.tryReserve(KB + 1)).isFalse();
            assertThat(workspace.usedBytes()).isEqualTo(110 * KB);
            assertThat(run.tryReserve(KB)).isTrue(); // so little is never refused
            assertThat(workspace.usedBytes()).isEqualTo(111 * KB);
        }
    }

    @Test
    void whatWouldNeverFitIsRefusedWithoutSpillingAnything() throws Exception {
        try (RunSpace run = workspace.open()) {
            offer(run, "a", 50);
            assertThat(run.tryReserve(101 * KB)).isFalse();
            assertThat(spilled).isEmpty();
            assertThat(run.tryReserve(100 * KB)).isTrue();
            assertThat(spilled).containsExactly("a");
        }
    }

    @Test
    void aFailureOfTheOwnRunIsThrownAndARefusedAttemptCountsNothing() throws Exception {
        RunSpace run = workspace.open();
        run.reserve(90 * KB);
        run.offer(failing(90, () -> {
            throw new IOException("full");
        }));
        assertThatThrownBy(() -> run.tryReserve(20 * KB))
                .isInstanceOf(IOException.class)
                .hasMessage("full");
        assertThat(workspace.usedBytes()).isEqualTo(90 * KB);
        run.close();
        assertThat(workspace.usedBytes()).isEqualTo(0);
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IOException("full"),
                new IllegalStateException("broken"),
                new StackOverflowError(),
                new AssertionError("of a user's writeExternal"));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("failures")
    void aFailureOfAnotherRunFailsThatOneAndNotWhoeverAsked(Throwable failure) throws Exception {
        try (RunSpace broken = workspace.open();
                RunSpace caller = workspace.open()) {
            List<Throwable> failed = new ArrayList<>();
            broken.onFailure(failed::add);
            broken.reserve(80 * KB);
            broken.offer(failing(80, () -> {
                if (failure instanceof IOException e) {
                    throw e;
                }
                if (failure instanceof RuntimeException e) {
                    throw e;
                }
                throw (Error) failure;
            }));
            offer(caller, "callers", 20);
            caller.reserve(10 * KB);
            assertThat(failed).containsExactly(failure);
            assertThat(spilled).containsExactly("callers");
        }
        assertThat(workspace.usedBytes()).isEqualTo(0);
    }

    // ------------------------------------------------------------------------------------------------ the end

    @Test
    void aRunThatIsOverGivesAllBackAndCountsNothingAnyMore() throws Exception {
        RunSpace run = workspace.open();
        offer(run, "a", 50);
        run.close();
        run.close();
        assertThat(workspace.usedBytes()).isEqualTo(0);
        run.release(50 * KB);
        run.reserve(10 * KB);
        run.offer(thing("late", 10));
        assertThat(workspace.usedBytes()).isEqualTo(0);
        try (RunSpace next = workspace.open()) {
            next.reserve(200 * KB);
            assertThat(spilled).isEmpty();
        }
    }

    @Test
    @Tag("P38")
    void aRunThatIsClosedWhileAnotherSpillsItsThingsLeavesNoFileAndNoCount() throws Exception {
        RunSpace closing = workspace.open();
        SpillArea area = closing.newArea();
        CountDownLatch spilling = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        closing.reserve(90 * KB);
        closing.offer(failing(90, () -> {
            try (SpillArea.Output out = Objects.requireNonNull(area.open())) {
                out.writer().writeRecord("before");
                out.writer().endFrame();
                spilling.countDown();
                Waiting.until(closed);
            }
            return 90 * KB;
        }));
        try (RunSpace other = workspace.open()) {
            CompletableFuture<Void> asked =
                    CompletableFuture.runAsync(() -> Waiting.sneaky(() -> other.reserve(20 * KB)));
            spilling.await();
            closing.close();
            closed.countDown();
            asked.join();
            assertThat(workspace.usedBytes()).isEqualTo(20 * KB);
            assertThat(usedBy(closing)).isEqualTo(0);
        }
        assertThat(workspace.usedBytes()).isEqualTo(0);
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    @Tag("P38")
    void whatIsWrittenAfterItsRunWasClosedFailsNobodyAndLeavesNoFile() throws Exception {
        RunSpace closing = workspace.open();
        SpillArea area = closing.newArea();
        List<Throwable> failed = new ArrayList<>();
        closing.onFailure(failed::add);
        CountDownLatch spilling = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        closing.reserve(90 * KB);
        closing.offer(failing(90, () -> {
            spilling.countDown();
            Waiting.until(closed);
            try (SpillArea.Output out = Objects.requireNonNull(area.open())) {
                out.writer().writeRecord("after");
                out.writer().endFrame();
            }
            return 90 * KB;
        }));
        try (RunSpace other = workspace.open()) {
            CompletableFuture<Void> asked =
                    CompletableFuture.runAsync(() -> Waiting.sneaky(() -> other.reserve(20 * KB)));
            spilling.await();
            closing.close();
            closed.countDown();
            asked.join();
            assertThat(failed).isEmpty();
            assertThat(workspace.usedBytes()).isEqualTo(20 * KB);
        }
        assertThat(temp).isEmptyDirectory();
    }

    /** Small things that may throw. */
    private static final class Waiting {

        private interface Work {
            void run() throws Exception;
        }

        static void until(CountDownLatch latch) {
            sneaky(latch::await);
        }

        static void sneaky(Work work) {
            try {
                work.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Something that a run has in memory or in a file, with the same protocol as the real ones. */
    private static final class Stored implements Spillable {
        private final RunSpace run;
        private final SpillArea area;
        private long held;

        Stored(RunSpace run, SpillArea area, long bytes) {
            this.run = run;
            this.area = area;
            this.held = bytes;
        }

        @Override
        public synchronized long bytes() {
            return held;
        }

        @Override
        public synchronized long spill() throws IOException {
            if (held > 0) {
                try (SpillArea.Output out = Objects.requireNonNull(area.open())) {
                    out.writer().writeRecord(held);
                    out.writer().endFrame();
                }
            }
            long freed = held;
            held = 0;
            return freed;
        }

        @Override
        public void drop() {}

        void drop(RunSpace.Offer offer) {
            long freed;
            synchronized (this) {
                freed = held;
                held = 0;
            }
            run.withdraw(offer);
            run.release(freed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void afterAnyNumberOfRunsOnManyThreadsNothingIsCounted(int seed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Random random = new Random(seed * 100L + i);
                all.add(threads.submit(() -> Waiting.sneaky(() -> someRuns(random))));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(workspace.usedBytes()).isEqualTo(0);
        assertThat(temp).isEmptyDirectory();
    }

    private void someRuns(Random random) throws IOException {
        for (int i = 0; i < 15; i++) {
            List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());
            try (RunSpace run = workspace.open()) {
                run.onFailure(failed::add);
                SpillArea area = run.newArea();
                for (int k = 0; k < 40; k++) {
                    somethingOf(run, area, random);
                    assertThat(workspace.usedBytes()).isNotNegative();
                }
            }
            assertThat(failed).isEmpty();
        }
    }

    private static void somethingOf(RunSpace run, SpillArea area, Random random) throws IOException {
        long bytes = random.nextLong(30 * KB);
        if (random.nextInt(4) == 0) {
            if (run.tryReserve(bytes)) {
                run.release(bytes);
            }
            return;
        }
        run.reserve(bytes);
        Stored stored = new Stored(run, area, bytes);
        RunSpace.Offer offer = run.offer(stored);
        if (random.nextBoolean()) {
            stored.drop(offer);
        }
    }

    @Test
    void aTaskMayGatherAPartOfTheBudget() throws Exception {
        try (RunSpace run = workspace.open()) {
            assertThat(run.taskShare()).isEqualTo(100 * KB / 8);
        }
        try (RunSpace run = new Workspace(1, temp, 64).open()) {
            assertThat(run.taskShare()).isEqualTo(KB);
        }
    }

    @Test
    void whoListensHearsOfEveryFile() throws Exception {
        try (RunSpace run = workspace.open();
                SpillArea area = run.newArea()) {
            List<String> heard = new ArrayList<>();
            run.listener((bytes, file) -> heard.add(bytes + " " + file.getFileName()));
            for (int i = 0; i < 2; i++) {
                try (SpillArea.Output out = Objects.requireNonNull(area.open())) {
                    out.writer().writeRecord("a");
                    out.writer().endFrame();
                }
            }
            assertThat(heard).containsExactly("11 1", "11 1");
            assertThat(run.spilledBytes()).isEqualTo(22);
            assertThat(run.spilledFiles()).isEqualTo(1);
            assertThat(Files.exists(temp)).isTrue();
        }
    }
}

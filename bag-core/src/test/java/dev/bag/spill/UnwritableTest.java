package dev.bag.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.value.Pair;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot go to disk is refused with the class, the reason and the remedy. */
class UnwritableTest {

    private static final String HERE = UnwritableTest.class.getName();
    private static final String REMEDY =
            ". Use a record, an enum or a class of plain fields instead, or give the runner"
                    + " more memory with memory(...), so that nothing is spilled.";

    @TempDir
    Path directory;

    private record Holder(Object held) {}

    private static final class Chain {
        private Chain next;
    }

    private record Fussy(int number) {
        Fussy {
            if (number < 0) {
                throw new IllegalArgumentException("negative");
            }
        }

        @Override
        public int number() {
            return number - 1;
        }
    }

    private record Failing(int number) {
        @Override
        public int number() {
            throw new UnsupportedOperationException("not now");
        }
    }

    private void assertRefused(Object record, Class<?> named, String reason) {
        assertThatThrownBy(() -> Spilled.and(directory, record))
                .isExactlyInstanceOf(SpillException.class)
                .hasMessage("a record of class " + named.getName() + " cannot be written to disk: " + reason + REMEDY);
    }

    @Test
    void aClassOfTheJdkThatIsNotSerializable() {
        String reason = "java.lang.Thread belongs to the JDK and is not Serializable";
        assertRefused(Thread.currentThread(), Thread.class, reason);
        assertRefused(new Holder(Thread.currentThread()), Holder.class, reason);
        assertRefused(Pair.of("key", new Holder(List.of(Thread.currentThread()))), Holder.class, reason);
    }

    @Test
    void statisticsOfDoublesWhoseSumWouldComeOutOtherwise() {
        assertRefused(
                new DoubleSummaryStatistics(),
                DoubleSummaryStatistics.class,
                "java.util.DoubleSummaryStatistics belongs to the JDK and is not Serializable");
    }

    @Test
    void aLambda() {
        Runnable plain = () -> {};
        Runnable serializable = (Runnable & Serializable) () -> {};
        assertRefused(new Holder(plain), Holder.class, "it refers to a lambda, or another hidden class, of " + HERE);
        assertRefused(
                new Holder(serializable), Holder.class, "it refers to a lambda, or another hidden class, of " + HERE);
    }

    @Test
    void whatIsNotSerializableInsideOfWhatOnlyJavaCanSerialize() {
        LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>(List.of(new Holder(1)));
        assertRefused(
                queue,
                LinkedBlockingQueue.class,
                Holder.class.getName()
                        + " is not Serializable, and what it is part of can only be written by Java's serialization");
    }

    @Test
    void aGraphThatIsTooDeep() {
        Chain first = new Chain();
        Chain last = first;
        for (int i = 0; i < 1_000_000; i++) {
            last.next = new Chain();
            last = last.next;
        }
        assertRefused(first, Chain.class, "its objects are nested too deeply");
        Pair<?, ?> deep = Pair.of(null, null);
        for (int i = 0; i < 1_000_000; i++) {
            deep = Pair.of(1, deep);
        }
        assertRefused(deep, Pair.class, "its objects are nested too deeply");
    }

    @Test
    void aListThatIsInsideItself() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertRefused(list, ArrayList.class, "its objects are nested too deeply");
    }

    @Test
    void aRecordWhoseAccessorThrows() {
        assertRefused(new Failing(1), Failing.class, "java.lang.UnsupportedOperationException: not now");
    }

    @Test
    void aRecordThatCannotBeMadeAgainNamesTheFile() throws Exception {
        try (SpillDirectory spill = new SpillDirectory(directory)) {
            SpillFile file = spill.newFile();
            Codecs codecs = new Codecs();
            Spilled.write(file, codecs, List.of(new Fussy(0)));
            assertThatThrownBy(() -> Spilled.read(file, codecs, 0, file.size()))
                    .isExactlyInstanceOf(SpillException.class)
                    .hasMessage(file.path() + ", byte 0: a record cannot be made again from what was spilled:"
                            + " java.lang.IllegalArgumentException: negative. Let its class make the objects it was given,"
                            + " or give the runner more memory with memory(...), so that nothing is spilled.");
        }
    }

    @Test
    void whatWasWrittenBeforeAndAfterIsNotTouched() throws Exception {
        Codecs codecs = new Codecs();
        try (SpillDirectory spill = new SpillDirectory(directory)) {
            SpillFile file = spill.newFile();
            try (FrameWriter writer = new FrameWriter(file, codecs)) {
                for (int i = 0; i < 10; i++) {
                    writer.writeRecord(new Holder(i));
                    Object bad = Pair.of("x".repeat(100_000), new Holder(Thread.currentThread()));
                    assertThatThrownBy(() -> writer.writeRecord(bad)).isInstanceOf(SpillException.class);
                    writer.endEntry();
                }
                writer.endFrame();
            }
            assertThat(Spilled.read(file, codecs, 0, file.size()))
                    .startsWith(new Holder(0), new Holder(1))
                    .hasSize(10);
            assertThat(file.size()).isLessThan(200);
        }
    }
}

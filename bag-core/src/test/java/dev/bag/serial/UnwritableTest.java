package dev.bag.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.spill.FrameWriter;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillException;
import dev.bag.spill.SpillFile;
import dev.bag.spill.Spilled;
import dev.bag.spill.Workspace;
import dev.bag.value.Pair;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
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

    private static final class Fussy implements Serializable {
        private static final long serialVersionUID = 1;

        private Object readResolve() {
            throw new IllegalArgumentException("negative");
        }
    }

    private record Positive(int[] number) {
        Positive {
            if (number[0] < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    private void assertRefused(Object record, Class<?> named, String reason) {
        assertThatThrownBy(() -> Spilled.and(directory, record))
                .isExactlyInstanceOf(SpillException.class)
                .hasMessage(
                        "a record of class " + named.getTypeName() + " cannot be written to disk: " + reason + REMEDY);
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
        String reason = "it refers to a lambda, or another hidden class, of " + HERE + ", which is not Serializable";
        assertRefused(new Holder(plain), Holder.class, reason);
        assertThatThrownBy(() -> Spilled.and(directory, plain))
                .hasMessage("a record of class " + HERE + "$$Lambda cannot be written to disk: " + reason + REMEDY);
    }

    @Test
    void whatCannotBeWrittenInsideOfWhatOnlyJavaCanSerialize() {
        LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>(List.of(new Holder(Thread.currentThread())));
        assertRefused(queue, LinkedBlockingQueue.class, "java.lang.Thread belongs to the JDK and is not Serializable");
    }

    @Test
    void arraysAreCalledAsInJava() {
        String reason = "java.lang.Thread belongs to the JDK and is not Serializable";
        assertRefused(new Object[] {Thread.currentThread()}, Object[].class, reason);
        assertRefused(new Thread[][] {{Thread.currentThread()}}, Thread[][].class, reason);
    }

    @Test
    void aGraphThatIsTooDeep() {
        String reason = "its objects are nested more than 1,000 deep, or contain themselves";
        for (int length : List.of(1_001, 100_000, 1_000_000)) {
            Chain first = new Chain();
            Chain last = first;
            Pair<?, ?> pair = Pair.of(null, null);
            for (int i = 0; i < length; i++) {
                last.next = new Chain();
                last = last.next;
                pair = Pair.of(1, pair);
            }
            assertRefused(first, Chain.class, reason);
            assertRefused(pair, Pair.class, reason);
        }
    }

    @Test
    void aGraphThatIsNotTooDeepComesBack() throws Exception {
        Object deep = "end";
        for (int i = 0; i < 900; i++) {
            deep = new Holder(deep);
        }
        Object both = deep;
        for (int i = 0; i < 900; i++) {
            both = Pair.of(1, both);
        }
        Object read = Spilled.and(directory, both);
        for (int i = 0; i < 900; i++) {
            read = ((Pair<?, ?>) read).second();
        }
        assertThat(read).isEqualTo(deep);
    }

    @Test
    void aListThatIsInsideItself() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertRefused(list, ArrayList.class, "its objects are nested more than 1,000 deep, or contain themselves");
    }

    private static String selfContaining(Class<?> type) {
        return "a " + type.getName() + " contains itself, and can only be made when all that it contains is there";
    }

    @Test
    void whatIsMadeByAConstructorAndContainsItself() {
        Object[] array = new Object[1];
        Holder holder = new Holder(array);
        array[0] = holder;
        assertRefused(holder, Holder.class, selfContaining(Holder.class));
        AtomicReference<Object> reference = new AtomicReference<>();
        reference.set(new Holder(List.of(reference)));
        assertRefused(reference, AtomicReference.class, selfContaining(AtomicReference.class));
        List<Object> list = new ArrayList<>();
        Collection<Object> wrapper = Collections.unmodifiableCollection(list);
        list.add(wrapper);
        assertRefused(wrapper, wrapper.getClass(), selfContaining(wrapper.getClass()));
        LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
        queue.add(new Holder(queue));
        assertRefused(queue, LinkedBlockingQueue.class, selfContaining(LinkedBlockingQueue.class));
    }

    @Test
    void aPathOfAnotherFileSystem() {
        Path path = Path.of(URI.create("jrt:/java.base"));
        assertRefused(path, path.getClass(), path.getClass().getName() + " belongs to the JDK and is not Serializable");
    }

    @Test
    void aRecordThatItsConstructorDoesNotTakeAnyMore() {
        int[] number = {1};
        Positive positive = new Positive(number);
        number[0] = -1;
        assertRefused(
                positive,
                Positive.class,
                "the constructor of " + Positive.class.getName()
                        + " does not take what a record of it holds: java.lang.IllegalArgumentException: negative");
    }

    @Test
    void aRecordThatCannotBeMadeAgainNamesTheFile() throws Exception {
        try (RunSpace space = new Workspace(1 << 20, directory, 1).open()) {
            SpillFile file = Spilled.newFile(space);
            Codecs codecs = new Codecs();
            Spilled.write(file, codecs, List.of(new Fussy()));
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
        try (RunSpace space = new Workspace(1 << 20, directory, 1).open()) {
            SpillFile file = Spilled.newFile(space);
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

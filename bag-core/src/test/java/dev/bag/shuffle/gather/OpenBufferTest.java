package dev.bag.shuffle.gather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.memory.ObjectSize;
import dev.bag.shuffle.hold.EntryStore;
import dev.bag.shuffle.hold.PackedStore;
import dev.bag.shuffle.hold.Segment;
import dev.bag.spill.RunSpace;
import dev.bag.spill.Workspace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What open buffers count, and what becomes of them when no more records come. */
class OpenBufferTest {

    @TempDir
    Path temp;

    /** Only what may become one with a small neighbour waits for it, and cannot be spilled as long as it does. */
    @Test
    void whatIsTooLargeToJoinOthersCanBeSpilledAtOnce() throws Throwable {
        try (RunSpace space = new Workspace(1L << 20, temp, 1).open()) {
            EntryBuffer small = EntryBuffer.spread(space.newArea(), 4, EntryStore.Shape.VALUES);
            small.add(1, null, "value", 0, 100);
            assertThat(small.ended()).isSameAs(small);
            EntryBuffer large = small.fresh();
            for (int i = 0; i < 10; i++) {
                large.add(1, null, "value", 0, 20_000);
            }
            assertThat(large.ended()).isInstanceOfSatisfying(Segment.class, segment -> {
                assertThat(segment.isInMemory()).isTrue();
                assertThat(space.spilledFiles()).isZero();
            });
            space.reserve(1L << 20);
            assertThat(space.spilledFiles()).isEqualTo(1);
        }
    }

    /** The room in which an entry is written is larger than many a segment. */
    @Test
    void aPackedSegmentKeepsLittleMoreThanItCounts() throws Throwable {
        try (RunSpace space = new Workspace(1 << 20, temp, 1).open()) {
            PackedBuffer buffer = new PackedBuffer(space.newArea(), 2, EntryStore.Shape.VALUES, null);
            for (int i = 0; i < 20; i++) {
                buffer.add(1, null, "value " + i, 0, 56);
            }
            EntryStore columns = new PackedStore(buffer.packed(), EntryStore.Shape.VALUES, new int[0]);
            long bytes = buffer.bytes();
            assertThat(buffer.seal().bytes()).isEqualTo(bytes);
            assertThat(ObjectSize.of(columns)).isLessThan(bytes + 2_000);
        }
    }

    /** A small number takes two bytes when it is packed. */
    @Test
    void countsTheObjectsThatAreMadeOfPackedEntries() throws Throwable {
        try (RunSpace space = new Workspace(1 << 20, temp, 1).open()) {
            PackedBuffer buffer = new PackedBuffer(space.newArea(), 2, EntryStore.Shape.KEYED, null);
            for (int i = 0; i < 1_000; i++) {
                List<Integer> value = List.of(i, i, i, i);
                buffer.add(1, (long) i, value, 0, ObjectSize.of(value));
            }
            Segment segment = buffer.seal();
            assertThat(segment.bytesToRead(1)).isGreaterThan(60_000);
            space.release(segment.spill());
            assertThat(segment.bytesToRead(1)).isGreaterThan(60_000);
        }
    }
}

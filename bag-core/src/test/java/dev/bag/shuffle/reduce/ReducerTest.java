package dev.bag.shuffle.reduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.shuffle.gather.EntryBuffer;
import dev.bag.shuffle.hold.CursorChunk;
import dev.bag.shuffle.hold.EntryStore;
import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Segments;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import dev.bag.spill.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a target takes in memory is counted, wherever its entries are by the time they are read. */
class ReducerTest {

    private static final int ENTRY_BYTES = 60;

    @TempDir
    Path temp;

    private static Segment segment(SpillArea area, int count) throws Throwable {
        EntryBuffer buffer = EntryBuffer.spread(area, 2, EntryStore.Shape.KEYED);
        for (int i = 0; i < count; i++) {
            buffer.add(1, "key " + i, "value " + i, 0, ENTRY_BYTES);
        }
        return buffer.seal();
    }

    /** To make room for the table, first of all the entries go to disk that will be in it. */
    @Test
    void countsEntriesThatWereSpilledToMakeRoomForThem() throws Throwable {
        int count = 400;
        Workspace workspace = new Workspace(100_000, temp, 1);
        try (RunSpace space = workspace.open()) {
            Segment wanted = segment(space.newArea(), count);
            long bytes = wanted.bytes();
            List<Segment> others = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                others.add(segment(space.newArea(), 100));
            }
            assertThat(workspace.usedBytes()).isBetween(90_000L, 100_000L);
            Grouping grouping = new Grouping(
                    space.newArea(), List.of(new Segments(List.of(wanted))), Reading.TAKE, (key, groups) -> key);
            try (CursorChunk chunk = grouping.open(1)) {
                assertThat(wanted.isInMemory()).isFalse();
                long rest = others.stream().mapToLong(Segment::bytes).sum();
                assertThat(workspace.usedBytes()).isGreaterThanOrEqualTo(rest + bytes + count * Reducer.OVERHEAD);
                assertThat(chunk.next()).isEqualTo("key 0");
            }
        }
    }

    /** EntryCursor of a frequent small size say nothing about those of another target. */
    @Test
    void countsWhatATargetHasOnDiskAndNotTheAverage() throws Throwable {
        try (RunSpace space = new Workspace(1 << 20, temp, 1).open()) {
            EntryBuffer buffer = EntryBuffer.spread(space.newArea(), 2, EntryStore.Shape.KEYED);
            String large = "x".repeat(10_000);
            for (int i = 0; i < 1_000; i++) {
                buffer.add(0, "key", "v", 0, 10);
            }
            buffer.add(1, "key", large, 0, large.length());
            Segment segment = buffer.seal();
            space.release(segment.spill());
            assertThat(segment.bytesToRead(1)).isGreaterThanOrEqualTo(large.length());
        }
    }
}

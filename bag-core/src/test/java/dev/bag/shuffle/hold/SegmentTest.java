package dev.bag.shuffle.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.shuffle.gather.EntryBuffer;
import dev.bag.spill.RunSpace;
import dev.bag.spill.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments whose targets are taken one by one, while the rest is spilled. */
class SegmentTest {

    @TempDir
    Path temp;

    private static Segment segment(RunSpace space, int... targets) throws IOException {
        EntryBuffer buffer = EntryBuffer.spread(space.newArea(), 4, EntryStore.Shape.KEYED);
        for (int target : targets) {
            buffer.add(target, "key " + target, "value " + target, 0, 100);
        }
        return buffer.seal();
    }

    private static String only(Segment segment, int target, Reading reading) throws IOException {
        try (EntryCursor entries = segment.open(target, reading)) {
            assertThat(entries.next()).isTrue();
            String read = entries.key() + " " + entries.value();
            assertThat(entries.next()).isFalse();
            return read;
        }
    }

    @Test
    void putsOntoDiskWhatHasNotBeenTaken() throws IOException {
        try (RunSpace space = new Workspace(1L << 20, temp, 1).open()) {
            Segment segment = segment(space, 1, 3);
            assertThat(only(segment, 1, Reading.TAKE)).isEqualTo("key 1 value 1");
            segment.spillForGood();
            assertThat(segment.isInMemory()).isFalse();
            assertThat(only(segment, 3, Reading.KEEP)).isEqualTo("key 3 value 3");
        }
    }

    @Test
    void needsNoFileWhenAllHasBeenTaken() throws IOException {
        try (RunSpace space = new Workspace(1L << 20, temp, 1).open()) {
            Segment taken = segment(space, 0, 2);
            Segment whole = segment(space, 1);
            only(taken, 0, Reading.TAKE);
            only(taken, 2, Reading.TAKE);
            new Segments(List.of(taken, whole)).spillForGood();
            assertThat(only(whole, 1, Reading.KEEP)).isEqualTo("key 1 value 1");
            assertThat(space.spilledFiles()).isEqualTo(1);
        }
    }
}

package dev.bag.shuffle.gather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import dev.bag.spill.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sinks share the memory with those that gather at the same time, and with no others. */
@Tag("P30")
class GatheringSinkTest {

    @TempDir
    Path temp;

    private static final Operator OPERATOR = new Operator("test", "test", () -> "test");
    private static final Place PLACE = new Place(OPERATOR, 0, new Place.Numbering() {
        @Override
        public int partitionOf(int part) {
            return part;
        }

        @Override
        public int count() {
            return 1;
        }
    });

    @SuppressWarnings({"unchecked", "rawtypes"}) // as the engine sees folds
    private static Fold<Object, @Nullable Object, ?> list() {
        return (Fold) Folds.toList();
    }

    private static Stream<Function<SpillArea, GatheringSink>> sinks() {
        return Stream.of(
                area -> new TableSink(PLACE, record -> record, list(), area, Targets.byHash(4)),
                area -> EntrySink.entries(PLACE, Targets.byHash(4), record -> record, record -> record, area),
                area -> EntrySink.spreading(PLACE, Targets.byHash(4), record -> record, area),
                area -> EntrySink.sorting(PLACE, null, Comparator.comparing((Object record) -> (String) record), area));
    }

    /** As the last of a file read in chunks, which is opened before it is known that no chunk is left. */
    @ParameterizedTest
    @MethodSource("sinks")
    void aSinkToWhichNothingComesTakesNothingFromTheOthers(Function<SpillArea, GatheringSink> sinks) throws Throwable {
        try (RunSpace space = new Workspace(1L << 20, temp, 1).open()) {
            SpillArea area = space.newArea();
            long share = space.taskShare();
            for (int i = 0; i < 100; i++) {
                assertThat(sinks.apply(area)).isNotNull();
            }
            assertThat(space.taskShare()).isEqualTo(share);
        }
    }

    @ParameterizedTest
    @MethodSource("sinks")
    void sinksThatGatherShareTheMemoryUntilTheyEnd(Function<SpillArea, GatheringSink> sinks) throws Throwable {
        try (RunSpace space = new Workspace(1L << 20, temp, 1).open()) {
            SpillArea area = space.newArea();
            long share = space.taskShare();
            List<GatheringSink> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                GatheringSink sink = sinks.apply(area);
                for (int record = 0; record < 2_000; record++) {
                    sink.accept("record " + record);
                }
                all.add(sink);
            }
            assertThat(space.taskShare()).isLessThanOrEqualTo(share / 4);
            all.get(0).discard();
            for (GatheringSink sink : all.subList(1, 4)) {
                sink.pieces();
                sink.discard();
            }
            assertThat(space.taskShare()).isEqualTo(share);
        }
    }
}

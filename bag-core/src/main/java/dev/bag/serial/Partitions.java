package dev.bag.serial;

import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The maps that {@code Collectors.partitioningBy} makes, and nothing else. */
final class Partitions {

    private Partitions() {}

    private record Side(boolean which, @Nullable Object value) {}

    /** What a collector has been given. */
    private static final class Kept {
        private @Nullable Object value;
    }

    static Map<Boolean, @Nullable Object> of(@Nullable Object ofFalse, @Nullable Object ofTrue) {
        return Stream.of(new Side(false, ofFalse), new Side(true, ofTrue))
                .collect(Collectors.<Side, @Nullable Object, Kept>partitioningBy(Side::which, onlyOne()));
    }

    private static Collector<Side, Kept, @Nullable Object> onlyOne() {
        return Collector.of(
                Kept::new, (kept, side) -> kept.value = side.value(), (one, other) -> one, kept -> kept.value);
    }
}

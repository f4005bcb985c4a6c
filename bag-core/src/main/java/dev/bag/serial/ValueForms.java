package dev.bag.serial;

import dev.bag.serial.RecordException.UnwritableException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.IntSummaryStatistics;
import java.util.LongSummaryStatistics;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Single values that are frequent, or that are not Serializable. */
final class ValueForms {

    private ValueForms() {}

    static void add() {
        addAtomics();
        addStatistics();
        JdkForms.put(
                new UUID(0, 0),
                id -> parts(id.getMostSignificantBits(), id.getLeastSignificantBits()),
                parts -> new UUID((Long) parts[0], (Long) parts[1]));
        JdkForms.put(URI.create(""), uri -> parts(uri.toString()), parts -> URI.create((String) parts[0]));
        JdkForms.put(
                Pattern.compile(""),
                pattern -> parts(pattern.pattern(), pattern.flags()),
                parts -> Pattern.compile((String) parts[0], (Integer) parts[1]));
        JdkForms.put(Path.of(""), ValueForms::text, parts -> Path.of((String) parts[0]));
        JdkForms.put(
                ZonedDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC),
                time -> parts(time.toLocalDateTime(), time.getOffset(), time.getZone()),
                parts -> ZonedDateTime.ofInstant((LocalDateTime) parts[0], (ZoneOffset) parts[1], (ZoneId) parts[2]));
    }

    /** Not every name of a file is one in characters. */
    private static @Nullable Object[] text(Path path) {
        if (!Path.of(path.toString()).equals(path)) {
            throw new UnwritableException("the name of the file " + path + " has bytes that are no characters");
        }
        return parts(path.toString());
    }

    private static void addAtomics() {
        JdkForms.put(
                new AtomicBoolean(), atomic -> parts(atomic.get()), parts -> new AtomicBoolean((Boolean) parts[0]));
        JdkForms.put(
                new AtomicInteger(), atomic -> parts(atomic.get()), parts -> new AtomicInteger((Integer) parts[0]));
        JdkForms.put(new AtomicLong(), atomic -> parts(atomic.get()), parts -> new AtomicLong((Long) parts[0]));
        JdkForms.put(
                new AtomicReference<@Nullable Object>(),
                atomic -> parts(atomic.get()),
                parts -> new AtomicReference<>(parts[0]));
        JdkForms.put(new LongAdder(), adder -> parts(adder.sum()), parts -> {
            LongAdder adder = new LongAdder();
            adder.add((Long) parts[0]);
            return adder;
        });
    }

    /** Not those of doubles: what they keep to make their sum exact cannot be seen, so it would come out otherwise. */
    private static void addStatistics() {
        JdkForms.put(
                new IntSummaryStatistics(),
                stats -> parts(stats.getCount(), stats.getMin(), stats.getMax(), stats.getSum()),
                parts -> new IntSummaryStatistics(
                        (Long) parts[0], (Integer) parts[1], (Integer) parts[2], (Long) parts[3]));
        JdkForms.put(
                new LongSummaryStatistics(),
                stats -> parts(stats.getCount(), stats.getMin(), stats.getMax(), stats.getSum()),
                parts -> new LongSummaryStatistics((Long) parts[0], (Long) parts[1], (Long) parts[2], (Long) parts[3]));
    }

    private static @Nullable Object[] parts(@Nullable Object... parts) {
        return parts;
    }
}

package dev.bag.io;

import static java.util.Objects.requireNonNull;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.Runner;
import dev.bag.io.write.RecordFormat;
import dev.bag.io.write.Target;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What formats have in common when they are written.
 *
 * @param level of the compression; empty for that of the format
 * @param overwrite whether an earlier output is replaced
 * @param resume what stands for the functions of the plan; null if nothing is kept of a run that fails
 */
record FileWriting(
        OptionalInt level, boolean overwrite, @Nullable String resume) {

    static final FileWriting DEFAULT = new FileWriting(OptionalInt.empty(), false, null);

    /** Classes through which an action may be called; their names only, because each of them names this one. */
    private static final Set<String> OURS =
            Set.of("FileWriting", "TextFiles", "TextWriteOptions", "CsvFiles", "CsvWriteOptions", "JsonLines");

    FileWriting withLevel(int other) {
        return new FileWriting(OptionalInt.of(other), overwrite, resume);
    }

    FileWriting overwriting() {
        return new FileWriting(level, true, resume);
    }

    FileWriting resuming(String version) {
        return new FileWriting(level, overwrite, requireNonNull(version, "version"));
    }

    private TextSink sink(Target target, RecordFormat format) {
        return new TextSink(target, target.compression(level), format, overwrite, resume);
    }

    Written write(Bag<?> bag, Target target, RecordFormat format) {
        TextSink sink = sink(target, format);
        return called(() -> bag.write(sink));
    }

    Written write(Bag<?> bag, Target target, RecordFormat format, Runner runner) {
        TextSink sink = sink(target, format);
        return called(() -> bag.write(sink, runner));
    }

    Delayed<Written> writeLater(Bag<?> bag, Target target, RecordFormat format) {
        return bag.writeLater(sink(target, format));
    }

    /** Runs an action for a caller of this library: the trace of its failure begins with the caller's line. */
    private static Written called(Supplier<Written> action) {
        try {
            return action.get();
        } catch (BagException e) {
            StackTraceElement[] trace = e.getStackTrace();
            int first = 0;
            while (first < trace.length && isOurs(trace[first].getClassName())) {
                first++;
            }
            e.setStackTrace(Arrays.copyOfRange(trace, Math.min(first, Math.max(0, trace.length - 1)), trace.length));
            throw e;
        }
    }

    private static boolean isOurs(String className) {
        String ourPackage = FileWriting.class.getPackageName() + ".";
        return className.startsWith(ourPackage) && OURS.contains(className.substring(ourPackage.length()));
    }
}

package dev.bag.shuffle.reduce;

import dev.bag.memory.SizeSampler;
import dev.bag.spill.RunSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of those groups that fit into memory beside one that does not. A join walks through the small side for each
 * value of the large one, so it must not be read from disk each time.
 */
final class SmallGroups implements AutoCloseable {

    private static final int OVERHEAD = 16;
    /** So many at least find room: a large group must not take the memory of those behind it. */
    private static final int FEWEST = 4;

    private final RunSpace space;
    private final long most;
    private final SizeSampler sizes = new SizeSampler();
    private final Map<Integer, Group> groups = new HashMap<>();
    private long bytes;
    private long reserved;

    private static final class Group {

        /** Null once they were too many. */
        @Nullable List<Object> values = new ArrayList<>();

        long bytes;
    }

    SmallGroups(RunSpace space) throws IOException {
        this.space = space;
        this.most = space.tryReserve(space.taskShare()) ? space.taskShare() : 0;
        this.reserved = most;
    }

    /** Adds the next value of a group. */
    void add(int number, @Nullable Object value) {
        Group group = groups.computeIfAbsent(number, none -> new Group());
        if (group.values != null) {
            long more = sizes.of(value) + OVERHEAD;
            group.values.add(Objects.requireNonNull(value));
            group.bytes += more;
            bytes += more;
            if (bytes > most || group.bytes > most / FEWEST) {
                bytes -= group.bytes;
                group.values = null;
            }
        }
    }

    /** No more values come. */
    void complete() {
        space.release(reserved - bytes);
        reserved = bytes;
    }

    /** The values of a group; null when they are only on disk. */
    @Nullable List<Object> take(int number) {
        Group group = groups.remove(number);
        return group == null ? null : group.values;
    }

    @Override
    public void close() {
        groups.clear();
        space.release(reserved);
        reserved = 0;
    }
}

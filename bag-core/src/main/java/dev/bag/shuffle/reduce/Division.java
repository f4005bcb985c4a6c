package dev.bag.shuffle.reduce;

import dev.bag.key.StableHash;
import dev.bag.memory.SizeSampler;
import dev.bag.shuffle.gather.EntryBuffer;
import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.EntryStore;
import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Segments;
import dev.bag.spill.SpillArea;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries divided into parts by a hash, the last part for one very frequent hash. */
final class Division {

    private static final int BY_HASH = 16;
    static final int PARTS = BY_HASH + 1;

    private static final long MOST_IN_MEMORY = 4L << 20;

    private final int depth;
    private final @Nullable Integer frequent;
    private final long share;
    private final PartStats[] stats = new PartStats[PARTS];
    private final SizeSampler keySizes = new SizeSampler();
    private final SizeSampler valueSizes = new SizeSampler();
    private final List<Segment> sealed = new ArrayList<>();
    private EntryBuffer open;

    Division(SpillArea area, int depth, @Nullable Integer frequent) {
        this.depth = depth;
        this.frequent = frequent;
        this.share = Math.min(MOST_IN_MEMORY, area.space().taskShare());
        this.open = EntryBuffer.spread(area, PARTS, EntryStore.Shape.TAGGED);
        for (int part = 0; part < PARTS; part++) {
            stats[part] = new PartStats();
        }
    }

    void add(EntryCursor entry) throws IOException {
        Object key = entry.key();
        int hash = StableHash.of(key);
        int part = frequent != null && frequent == hash ? BY_HASH : OversizedTarget.part(hash, depth, BY_HASH);
        stats[part].add(hash);
        long bytes = keySizes.of(key) + (entry.value() == key ? 0 : valueSizes.of(entry.value()));
        open.add(part, key, entry.value(), entry.tag(), bytes);
        if (open.bytes() >= share) {
            EntryBuffer full = open;
            open = full.fresh();
            sealed.add(full.seal());
        }
    }

    Segments seal() throws IOException {
        EntryBuffer last = open;
        open = last.fresh(); // what is sealed may be spilled, and must not stay reachable from here
        sealed.add(last.seal());
        return new Segments(sealed);
    }

    PartStats stats(int part) {
        return stats[part];
    }

    int nonEmpty() {
        int parts = 0;
        for (PartStats each : stats) {
            parts += each.count() > 0 ? 1 : 0;
        }
        return parts;
    }
}

package dev.bag.io.archive;

import dev.bag.io.split.EntryChoice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an archive by their names, though it can be read from its beginning on only.
 *
 * <p>The first pass learns the names, and holds the contents as long as they fit in memory: that is all for most archives.
 * Each further pass reads what comes next by name: either the entries that stand in the archive in that order, too, one by one;
 * or those that fit in memory together, whichever are more bytes. Nothing is written to disk.
 */
final class ByNameReader implements ArchiveReader {

    /** Opens the archive at its beginning. */
    @FunctionalInterface
    interface Opener {

        /** Returns it. */
        ArchiveReader open() throws IOException;
    }

    private final Opener opener;
    private final long room;
    private final List<Entry> all = new ArrayList<>();

    /** What comes by name, as places in the archive. */
    private final int[] order;

    private int next;

    /** By places in the archive. */
    private final Map<Integer, byte[]> held = new HashMap<>();

    /** The archive in the pass that reads one by one, and the place of the entry that it returns next. */
    private @Nullable ArchiveReader pass;

    private int passNext;
    private @Nullable InputStream content;

    private ByNameReader(Opener opener, EntryChoice choice, long room) throws IOException {
        this.opener = opener;
        this.room = room;
        List<String> names = new ArrayList<>();
        firstPass(choice, names);
        this.order = choice.choose(names);
    }

    /** Reads the names. */
    static ByNameReader of(Opener opener, EntryChoice choice, boolean mayBeNone) throws IOException {
        return of(opener, choice, mayBeNone, defaultRoom());
    }

    /**
     * Reads the names.
     *
     * @param room how many bytes may be held
     */
    static ByNameReader of(Opener opener, EntryChoice choice, boolean mayBeNone, long room) throws IOException {
        ByNameReader reader = new ByNameReader(opener, choice, room);
        if (reader.order.length == 0 && choice.mustMatch() && !mayBeNone) {
            throw choice.nothing(reader.all.size());
        }
        return reader;
    }

    /** A quarter of the heap for all threads. */
    private static long defaultRoom() {
        Runtime runtime = Runtime.getRuntime();
        return Math.max(1 << 20, runtime.maxMemory() / 4 / runtime.availableProcessors());
    }

    private void firstPass(EntryChoice choice, List<String> names) throws IOException {
        long free = room;
        try (ArchiveReader archive = opener.open()) {
            for (Entry entry = archive.next(); entry != null; entry = archive.next()) {
                if (free >= 0 && choice.matches(entry.name())) {
                    byte[] bytes = entry.size() > free ? null : read(archive, free);
                    free -= bytes == null ? free + 1 : bytes.length;
                    if (bytes == null) {
                        held.clear();
                    } else {
                        held.put(all.size(), bytes);
                    }
                }
                all.add(entry);
                names.add(entry.name());
            }
        }
    }

    /** Returns the content of an entry; null if it has more bytes than that. */
    private static byte @Nullable [] read(ArchiveReader archive, long most) throws IOException {
        int length = (int) Math.min(Integer.MAX_VALUE - 1024, most);
        InputStream in = archive.content();
        byte[] bytes = in.readNBytes(length);
        return bytes.length == length && in.read() >= 0 ? null : bytes;
    }

    @Override
    public @Nullable Entry next() throws IOException {
        if (next == order.length) {
            return null;
        }
        int place = order[next];
        if (!held.containsKey(place) && (pass == null || passNext > place)) {
            beginPass();
        }
        byte[] bytes = held.remove(place);
        content = bytes == null ? advancedTo(place) : new ByteArrayInputStream(bytes);
        next++;
        return all.get(place);
    }

    private void beginPass() throws IOException {
        close();
        int inOrder = endOfRun();
        int inMemory = endOfWhatFits();
        if (bytes(inOrder) >= bytes(inMemory)) {
            pass = opener.open();
            passNext = 0;
        } else {
            hold(inMemory);
        }
    }

    private int endOfRun() {
        int end = next + 1;
        while (end < order.length && order[end] > order[end - 1]) {
            end++;
        }
        return end;
    }

    private int endOfWhatFits() {
        int end = next;
        for (long bytes = size(end); bytes <= room; bytes += size(end)) {
            end++;
            if (end == order.length) {
                break;
            }
        }
        return end;
    }

    /** An empty entry is work, too; one of unknown size may have any. */
    private long size(int i) {
        long size = all.get(order[i]).size();
        return size < 0 ? Long.MAX_VALUE / 4 : size + 1;
    }

    private long bytes(int end) {
        long bytes = 0;
        for (int i = next; i < end; i++) {
            bytes = Math.min(Long.MAX_VALUE / 4, bytes + size(i));
        }
        return bytes;
    }

    private void hold(int end) throws IOException {
        Map<Integer, Boolean> wanted = new HashMap<>();
        for (int i = next; i < end; i++) {
            wanted.put(order[i], true);
        }
        try (ArchiveReader archive = opener.open()) {
            for (int place = 0; !wanted.isEmpty(); place++) {
                same(archive.next(), place);
                if (wanted.remove(place) != null) {
                    held.put(place, archive.content().readAllBytes());
                }
            }
        }
    }

    private InputStream advancedTo(int place) throws IOException {
        ArchiveReader archive = pass;
        if (archive == null) {
            throw new IllegalStateException("no pass has begun");
        }
        while (passNext <= place) {
            same(archive.next(), passNext++);
        }
        return archive.content();
    }

    private void same(@Nullable Entry entry, int place) throws IOException {
        if (entry == null || !entry.name().equals(all.get(place).name())) {
            throw new IOException("the file has changed while it was read");
        }
    }

    /** Not kept: what is read by name is read for its content. */
    @Override
    public @Nullable Instant modified() {
        return null;
    }

    @Override
    public InputStream content() {
        InputStream opened = content;
        if (opened == null) {
            throw new IllegalStateException("there is no entry");
        }
        return opened;
    }

    @Override
    public void close() throws IOException {
        ArchiveReader closed = pass;
        pass = null;
        if (closed != null) {
            closed.close();
        }
    }
}

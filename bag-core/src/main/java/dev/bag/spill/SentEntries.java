package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.io.Input;
import dev.bag.serial.Codecs;
import dev.bag.serial.RecordCodec;
import dev.bag.serial.RecordException;
import dev.bag.serial.RecordOutput;
import dev.bag.trait.Traits.OnDisk;
import dev.bag.value.Pair;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries as bytes for another process: as they are on disk, with the names of their classes in front. One thread uses
 * one.
 */
public final class SentEntries implements Entries.Output {

    private static final int FIRST_CAPACITY = 4096;

    private final Codecs codecs = new Codecs();
    private final RecordCodec codec = codecs.records();
    private final RecordOutput out = new RecordOutput(FIRST_CAPACITY);

    /** No entries. */
    public SentEntries() {}

    @Override
    public void writeRecord(@Nullable Object record) throws IOException {
        try {
            codec.write(out, inMemory(record));
        } catch (RecordException e) {
            throw SpillException.unwritable(e);
        }
    }

    /** What is on a disk here cannot be read there. */
    private static @Nullable Object inMemory(@Nullable Object record) {
        if (record instanceof OnDisk && record instanceof Collection<?> list) {
            return new ArrayList<>(list);
        }
        if (record instanceof Pair<?, ?> pair) {
            Object first = inMemory(pair.first());
            Object second = inMemory(pair.second());
            return first == pair.first() && second == pair.second() ? pair : new Pair<>(first, second);
        }
        return record;
    }

    @Override
    public void writeLong(long number) {
        out.writeVarLong(number, true);
    }

    @Override
    public void endEntry() {}

    /** Returns about how many bytes there are. */
    public int size() {
        return out.position();
    }

    /** Returns all that was written. */
    public byte[] toBytes() throws IOException {
        return toBytes(0);
    }

    /** Returns all that was written, behind {@code room} bytes for something else. */
    public byte[] toBytes(int room) throws IOException {
        List<String> names = codecs.classNames();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(head);
        data.writeInt(names.size());
        for (String name : names) {
            data.writeUTF(name);
        }
        return ByteBuffer.allocate(room + head.size() + out.position())
                .position(room)
                .put(head.toByteArray())
                .put(out.getBuffer(), 0, out.position())
                .array();
    }

    /** Returns what reads {@code bytes}, with the classes that {@code loader} finds. */
    public static Entries.Input read(byte[] bytes, ClassLoader loader) throws IOException {
        return read(bytes, 0, loader);
    }

    /** Returns what reads those of {@code bytes} that lie behind {@code room} others. */
    public static Entries.Input read(byte[] bytes, int room, ClassLoader loader) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes, room, bytes.length - room);
        DataInputStream data = new DataInputStream(in);
        int count = data.readInt();
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(data.readUTF());
        }
        try {
            RecordCodec codec = new Codecs(names, loader).records();
            int rest = in.available();
            return new Reading(codec, new Input(bytes, bytes.length - rest, rest));
        } catch (ClassNotFoundException e) {
            throw new IOException("the class " + e.getMessage() + " is not known here: add its jar", e);
        }
    }

    private record Reading(RecordCodec codec, Input in) implements Entries.Input {

        @Override
        public @Nullable Object readRecord() throws IOException {
            try {
                return codec.read(in);
            } catch (RecordException e) {
                throw SpillException.unreadable(e);
            }
        }

        @Override
        public long readLong() {
            return in.readVarLong(true);
        }
    }
}

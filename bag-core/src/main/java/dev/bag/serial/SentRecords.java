package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records on their way from one process to another that has the same classes, in one direction: one writes, and the other,
 * in the other process, reads all that was written, in the same order. With each record come the names of the classes that
 * are new, which are numbers from then on. One thread at a time uses it.
 */
public final class SentRecords {

    private static final int FIRST_BYTES = 256;

    private final ClassNumbers classes;
    private final RecordCodec codec;
    /** How many classes the other side knows. */
    private int known;

    private SentRecords(ClassNumbers classes) {
        this.classes = classes;
        this.codec = Codecs.sending(classes).records();
    }

    /** Returns the side that writes; nothing was sent yet. */
    public static SentRecords writing() {
        return new SentRecords(new ClassNumbers());
    }

    /** Returns the side that reads; nothing was sent yet. */
    public static SentRecords reading() {
        return new SentRecords(ClassNumbers.toBeTold());
    }

    /**
     * Returns {@code record} as bytes, which must be sent unless this throws.
     *
     * @throws IOException if it cannot be written; then the next one can be all the same
     */
    public byte[] write(@Nullable Object record) throws IOException {
        RecordOutput body = new RecordOutput(FIRST_BYTES);
        try {
            codec.write(body, record);
        } catch (RecordException e) {
            throw new IOException(
                    "a " + RecordException.ClassNames.of(record == null ? Object.class : record.getClass())
                            + " cannot be sent to another process: " + RecordException.reason(e),
                    e);
        }
        List<Class<?>> added = classes.from(known);
        RecordOutput out = new RecordOutput(FIRST_BYTES + body.position());
        out.writeVarInt(added.size(), true);
        for (Class<?> type : added) {
            out.writeString(type.getName());
        }
        out.writeBytes(body.getBuffer(), 0, body.position());
        known += added.size();
        return out.toBytes();
    }

    /**
     * Returns the record that was written as {@code bytes}.
     *
     * @param loader finds the classes
     * @throws IOException if it cannot be made
     */
    public @Nullable Object read(byte[] bytes, ClassLoader loader) throws IOException {
        try {
            Input in = new Input(bytes);
            for (int left = in.readVarInt(true); left > 0; left--) {
                classes.tell(ClassNumbers.named(in.readString(), loader));
            }
            return codec.read(in);
        } catch (RecordException | KryoException | ClassNotFoundException e) {
            throw new IOException(
                    "a record that was sent by another process cannot be made: " + RecordException.reason(e), e);
        }
    }
}

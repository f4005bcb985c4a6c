package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.util.DefaultInstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.util.MapReferenceResolver;
import dev.bag.value.Pair;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Writes and reads records: a byte says of which kind, the common kinds are written here, and all others by Kryo. */
final class RecordCodec {

    private static final byte NULL = 0;
    private static final byte LATIN_1 = 1;
    private static final byte UTF_16 = 2;
    private static final byte INTEGER = 3;
    private static final byte LONG = 4;
    private static final byte DOUBLE = 5;
    private static final byte PAIR = 6;
    private static final byte BYTES = 7;
    private static final byte LONGS = 8;
    private static final byte ARRAY_LIST = 9;
    private static final byte OTHER = 10;

    private final ClassNumbers classes;
    /** Made when it is first needed, because that takes time. */
    private @Nullable Kryo kryo;

    RecordCodec(ClassNumbers classes) {
        this.classes = classes;
    }

    /** Writes {@code record}; if that fails {@code out} is as it was. */
    void write(FrameBuffer out, @Nullable Object record) throws SpillException {
        int begin = out.position();
        try {
            writeAny(out, record);
        } catch (RuntimeException | StackOverflowError | NoClassDefFoundError e) {
            out.setPosition(begin);
            throw cannotWrite(record, e);
        }
    }

    private void writeAny(FrameBuffer out, @Nullable Object record) {
        if (record instanceof String text) {
            writeText(out, text);
        } else if (record == null) {
            out.writeByte(NULL);
        } else if (record instanceof Integer number) {
            out.writeByte(INTEGER);
            out.writeVarInt(number, false);
        } else if (record instanceof Long number) {
            out.writeByte(LONG);
            out.writeVarLong(number, false);
        } else if (record instanceof Double number) {
            out.writeByte(DOUBLE);
            out.writeLong(Double.doubleToRawLongBits(number));
        } else if (record instanceof Pair<?, ?> pair) {
            out.writeByte(PAIR);
            writeAny(out, pair.first());
            writeAny(out, pair.second());
        } else if (record instanceof byte[] bytes) {
            out.writeByte(BYTES);
            out.writeVarInt(bytes.length, true);
            out.writeBytes(bytes);
        } else {
            writeLessCommon(out, record);
        }
    }

    private void writeLessCommon(FrameBuffer out, Object record) {
        if (record instanceof long[] numbers) {
            out.writeByte(LONGS);
            out.writeVarInt(numbers.length, true);
            for (long number : numbers) {
                out.writeVarLong(number, false);
            }
        } else if (record.getClass() == ArrayList.class) {
            ArrayList<?> list = (ArrayList<?>) record;
            out.writeByte(ARRAY_LIST);
            out.writeVarInt(list.size(), true);
            for (Object element : list) {
                writeAny(out, element);
            }
        } else {
            out.writeByte(OTHER);
            kryo().writeClassAndObject(out, record);
        }
    }

    /**
     * One byte for each character, if that is all the text needs, which comparing with what it would be read as tells;
     * otherwise two.
     */
    @SuppressWarnings("deprecation") // for what getBytes does: the low byte of each character, copied without a detour
    private static void writeText(FrameBuffer out, String text) {
        int begin = out.position();
        int length = text.length();
        out.writeByte(LATIN_1);
        out.writeVarInt(length, true);
        out.makeRoom(length);
        byte[] buffer = out.getBuffer();
        int at = out.position();
        text.getBytes(0, length, buffer, at);
        if (new String(buffer, at, length, StandardCharsets.ISO_8859_1).equals(text)) {
            out.setPosition(at + length);
            return;
        }
        out.setPosition(begin);
        out.writeByte(UTF_16);
        out.writeVarInt(length, true);
        for (int i = 0; i < length; i++) {
            out.writeShort(text.charAt(i));
        }
    }

    @Nullable Object read(Input in) {
        byte kind = in.readByte();
        switch (kind) {
            case LATIN_1:
                return readLatin1(in);
            case NULL:
                return null;
            case INTEGER:
                return in.readVarInt(false);
            case LONG:
                return in.readVarLong(false);
            case DOUBLE:
                return Double.longBitsToDouble(in.readLong());
            case PAIR:
                return new Pair<@Nullable Object, @Nullable Object>(read(in), read(in));
            case BYTES:
                return in.readBytes(in.readVarInt(true));
            default:
                return readLessCommon(kind, in);
        }
    }

    private @Nullable Object readLessCommon(byte kind, Input in) {
        switch (kind) {
            case UTF_16:
                return readUtf16(in);
            case LONGS:
                long[] numbers = new long[in.readVarInt(true)];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = in.readVarLong(false);
                }
                return numbers;
            case ARRAY_LIST:
                int size = in.readVarInt(true);
                ArrayList<@Nullable Object> list = new ArrayList<>(size);
                for (int i = 0; i < size; i++) {
                    list.add(read(in));
                }
                return list;
            case OTHER:
                return kryo().readClassAndObject(in);
            default:
                throw new IllegalStateException("there is no kind " + kind);
        }
    }

    private static String readLatin1(Input in) {
        int length = in.readVarInt(true);
        int at = in.position();
        String text = new String(in.getBuffer(), at, length, StandardCharsets.ISO_8859_1);
        in.setPosition(at + length);
        return text;
    }

    private static String readUtf16(Input in) {
        char[] text = new char[in.readVarInt(true)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) in.readShort();
        }
        return new String(text);
    }

    private Kryo kryo() {
        if (kryo == null) {
            Kryo made = new Kryo(new NumberedClasses(classes), new MapReferenceResolver());
            made.setRegistrationRequired(false);
            made.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
            kryo = made;
        }
        return kryo;
    }

    private static SpillException cannotWrite(@Nullable Object record, Throwable e) {
        String type = record == null ? "null" : record.getClass().getName();
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String reason = deepest instanceof StackOverflowError
                ? "what it refers to is nested too deeply"
                : String.valueOf(deepest.getMessage()).lines().findFirst().orElse(deepest.toString());
        return new SpillException(
                "a record of class " + type + " cannot be written to disk: " + reason
                        + ". Use a record, an enum or a class of plain fields instead, or give the runner more memory"
                        + " with memory(...), so that nothing is spilled",
                e);
    }
}

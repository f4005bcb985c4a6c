package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.KryoBufferOverflowException;
import dev.bag.serial.RecordException.UnwritableException;
import dev.bag.value.Pair;
import dev.bag.value.Utf8;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Any object as bytes: a tag, and then what is most frequent as compactly as can be, and the rest as a graph of objects,
 * in which each object knows whether it was met before. Has no state.
 */
public final class RecordCodec {

    private static final int NULL = 0;
    private static final int STRING = 1;
    private static final int LONG = 2;
    private static final int INTEGER = 3;
    private static final int DOUBLE = 4;
    private static final int PAIR = 5;
    private static final int LIST = 6;
    private static final int EMPTY = 7;
    private static final int PRESENT = 8;
    private static final int TRUE = 9;
    private static final int FALSE = 10;
    private static final int FLOAT = 11;
    private static final int BYTE = 12;
    private static final int SHORT = 13;
    private static final int CHARACTER = 14;
    private static final int BYTES = 15;
    private static final int LONGS = 16;
    private static final int INTS = 17;
    private static final int DOUBLES = 18;
    private static final int GRAPH = 19;
    private static final int UTF8 = 20;

    /** So many longs, such as the sums of folds, are written as short as each can be. */
    private static final int FEW = 4;

    private final Codecs codecs;

    RecordCodec(Codecs codecs) {
        this.codecs = codecs;
    }

    /** Writes {@code record}, or fails after having written a part of it. */
    public void write(RecordOutput out, @Nullable Object record) throws RecordException {
        try {
            put(out, record, 0);
        } catch (StackOverflowError | UnwritableException | KryoBufferOverflowException e) {
            throw RecordException.unwritable(classOf(record), e);
        }
    }

    private static Class<?> classOf(@Nullable Object record) {
        return record == null ? Object.class : record.getClass();
    }

    private void put(RecordOutput out, @Nullable Object record, int depth) throws RecordException {
        if (record == null) {
            out.writeByte(NULL);
        } else if (record instanceof String text) {
            out.writeByte(STRING);
            Strings.write(out, text);
        } else if (record instanceof Utf8 text) {
            out.writeByte(UTF8);
            Utf8Bytes.write(out, text);
        } else if (record instanceof Pair<?, ?> pair) {
            out.writeByte(PAIR);
            put(out, pair.first(), deeper(depth));
            put(out, pair.second(), deeper(depth));
        } else if (record instanceof Long number) {
            out.writeByte(LONG);
            out.writeVarLong(number, false);
        } else if (record instanceof Integer number) {
            out.writeByte(INTEGER);
            out.writeVarInt(number, false);
        } else if (record instanceof Double number) {
            out.writeByte(DOUBLE);
            out.writeLong(Double.doubleToRawLongBits(number));
        } else if (record.getClass() == ArrayList.class) {
            putList(out, (ArrayList<?>) record, deeper(depth));
        } else if (record instanceof Optional<?> optional) {
            out.writeByte(optional.isPresent() ? PRESENT : EMPTY);
            if (optional.isPresent()) {
                put(out, optional.get(), deeper(depth));
            }
        } else {
            putRarer(out, record);
        }
    }

    private static int deeper(int depth) {
        if (depth >= SeenObjects.DEEPEST) {
            throw new UnwritableException(SeenObjects.TOO_DEEP);
        }
        return depth + 1;
    }

    private void putList(RecordOutput out, ArrayList<?> list, int depth) throws RecordException {
        out.writeByte(LIST);
        out.writeVarInt(list.size(), true);
        for (int i = 0; i < list.size(); i++) {
            put(out, list.get(i), depth);
        }
    }

    private void putRarer(RecordOutput out, Object record) throws RecordException {
        if (record instanceof Boolean truth) {
            out.writeByte(truth ? TRUE : FALSE);
        } else if (record instanceof Float number) {
            out.writeByte(FLOAT);
            out.writeInt(Float.floatToRawIntBits(number));
        } else if (record instanceof Byte number) {
            out.writeByte(BYTE);
            out.writeByte(number);
        } else if (record instanceof Short number) {
            out.writeByte(SHORT);
            out.writeShort(number);
        } else if (record instanceof Character character) {
            out.writeByte(CHARACTER);
            out.writeChar(character);
        } else if (record.getClass().isArray()) {
            putArray(out, record);
        } else {
            putGraph(out, record);
        }
    }

    private void putArray(RecordOutput out, Object record) throws RecordException {
        if (record instanceof byte[] array) {
            putLength(out, BYTES, array.length);
            out.writeBytes(array);
        } else if (record instanceof long[] array) {
            putLongs(out, array);
        } else if (record instanceof int[] array) {
            putLength(out, INTS, array.length);
            out.writeInts(array, 0, array.length);
        } else if (record instanceof double[] array) {
            putLength(out, DOUBLES, array.length);
            for (double number : array) {
                out.writeLong(Double.doubleToRawLongBits(number));
            }
        } else {
            putGraph(out, record);
        }
    }

    private static void putLongs(RecordOutput out, long[] array) {
        putLength(out, LONGS, array.length);
        if (array.length > FEW) {
            out.writeLongs(array, 0, array.length);
        } else {
            for (long number : array) {
                out.writeVarLong(number, false);
            }
        }
    }

    private static void putLength(RecordOutput out, int tag, int length) {
        out.writeByte(tag);
        out.writeVarInt(length, true);
    }

    private void putGraph(RecordOutput out, Object record) throws RecordException {
        ObjectGraphs graphs = codecs.borrow();
        out.writeByte(GRAPH);
        try {
            graphs.writeClassAndObject(out, record);
        } catch (RuntimeException | StackOverflowError e) {
            throw RecordException.unwritable(record.getClass(), e);
        }
        codecs.giveBack(graphs);
    }

    /** Returns the next record of {@code in}. */
    public @Nullable Object read(Input in) throws RecordException {
        try {
            return get(in);
        } catch (RuntimeException | StackOverflowError e) {
            throw RecordException.unreadable(e);
        }
    }

    private @Nullable Object get(Input in) {
        int tag = in.readByte();
        return switch (tag) {
            case NULL -> null;
            case STRING -> Strings.read(in);
            case LONG -> in.readVarLong(false);
            case INTEGER -> in.readVarInt(false);
            case DOUBLE -> Double.longBitsToDouble(in.readLong());
            case PAIR -> readPair(in);
            case LIST -> readList(in);
            case EMPTY -> Optional.empty();
            case PRESENT -> Optional.ofNullable(get(in));
            case TRUE -> true;
            case FALSE -> false;
            case FLOAT -> Float.intBitsToFloat(in.readInt());
            case BYTE -> in.readByte();
            case SHORT -> in.readShort();
            case CHARACTER -> in.readChar();
            case BYTES -> in.readBytes(in.readVarInt(true));
            case LONGS -> readLongs(in);
            case INTS -> in.readInts(in.readVarInt(true));
            case DOUBLES -> readDoubles(in);
            case GRAPH -> readGraph(in);
            case UTF8 -> Utf8Bytes.read(in);
            default -> throw new KryoException("there is no record here");
        };
    }

    private Pair<?, ?> readPair(Input in) {
        @Nullable Object first = get(in);
        return new Pair<@Nullable Object, @Nullable Object>(first, get(in));
    }

    private ArrayList<@Nullable Object> readList(Input in) {
        int size = in.readVarInt(true);
        ArrayList<@Nullable Object> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(get(in));
        }
        return list;
    }

    private static long[] readLongs(Input in) {
        int length = in.readVarInt(true);
        if (length > FEW) {
            return in.readLongs(length);
        }
        long[] array = new long[length];
        for (int i = 0; i < length; i++) {
            array[i] = in.readVarLong(false);
        }
        return array;
    }

    private static double[] readDoubles(Input in) {
        double[] array = new double[in.readVarInt(true)];
        for (int i = 0; i < array.length; i++) {
            array[i] = Double.longBitsToDouble(in.readLong());
        }
        return array;
    }

    private Object readGraph(Input in) {
        ObjectGraphs graphs = codecs.borrow();
        Object read = graphs.readClassAndObject(in);
        codecs.giveBack(graphs);
        return read;
    }
}

package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.util.MapReferenceResolver;
import dev.bag.serial.RecordException.ClassNames;
import dev.bag.serial.RecordException.UnwritableException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The objects of a graph that were met before. Strings are not looked up: that costs more than writing most of them again. */
final class SeenObjects extends MapReferenceResolver {

    /** How deep objects may be nested: so deep that reading, which takes more of the stack than writing, has enough. */
    static final int DEEPEST = 1_000;

    static final String TOO_DEEP = "its objects are nested more than 1,000 deep, or contain themselves";

    /** Those of which not all parts are written yet and which need all of them to be made; each is part of the one before. */
    private int[] needParts = new int[16];

    private int needPartsCount;

    private int begunLast = -1;

    @Override
    public int addWrittenObject(Object object) {
        if (kryo.getDepth() > DEEPEST) {
            throw new UnwritableException(TOO_DEEP);
        }
        begunLast = super.addWrittenObject(object);
        return begunLast;
    }

    @Override
    public int getWrittenId(Object object) {
        int id = super.getWrittenId(object);
        if (id >= 0 && needsParts(id)) {
            throw new UnwritableException(containsItself(object.getClass()));
        }
        return id;
    }

    private boolean needsParts(int id) {
        for (int i = 0; i < needPartsCount; i++) {
            if (needParts[i] == id) {
                return true;
            }
        }
        return false;
    }

    /** Says that the object that was begun last is made when all its parts are there: none may refer to it. */
    void beginParts() {
        if (needPartsCount == needParts.length) {
            needParts = Arrays.copyOf(needParts, 2 * needPartsCount);
        }
        needParts[needPartsCount++] = begunLast;
    }

    /** Says that all parts are written of the object whose parts were begun last. */
    void endParts() {
        needPartsCount--;
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the method it overrides
    public boolean useReferences(Class type) {
        return type != String.class && super.useReferences(type);
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the method it overrides
    public Object getReadObject(Class type, int id) {
        @Nullable Object read = super.getReadObject(type, id);
        if (read == null) {
            throw new KryoException(containsItself(type));
        }
        return read;
    }

    private static String containsItself(Class<?> type) {
        return "a " + ClassNames.of(type) + " contains itself, and can only be made when all that it contains is there";
    }
}

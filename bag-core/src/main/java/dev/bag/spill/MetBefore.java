package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.util.MapReferenceResolver;
import org.jspecify.annotations.Nullable;

/** Which objects of a graph were met before. Not asked for strings: it costs more than writing most of them again. */
final class MetBefore extends MapReferenceResolver {

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
            throw new KryoException("an object that is made by a constructor contains itself: " + type.getName());
        }
        return read;
    }
}

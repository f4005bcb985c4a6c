package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The wrappers of {@link Collections} that cannot be modified, as what they wrap. A copy of the elements would not do: an
 * object may hold a collection and a wrapper of it, which has to follow its changes, and the comparator of what is wrapped
 * cannot be seen from outside. Those that synchronize or check are rare, and left to {@link JavaForm}.
 */
final class WrapperForm<W, T> extends Serializer<T> {

    private final Function<W, T> wrap;

    private WrapperForm(Function<W, T> wrap) {
        this.wrap = wrap;
    }

    static void add() {
        WrapperForm.<List<Object>>put(new ArrayList<>(), Collections::unmodifiableList);
        WrapperForm.<List<Object>>put(new LinkedList<>(), Collections::unmodifiableList);
        WrapperForm.<Collection<Object>>put(new ArrayList<>(), Collections::unmodifiableCollection);
        WrapperForm.<Set<Object>>put(new TreeSet<>(), Collections::unmodifiableSet);
        WrapperForm.<SortedSet<Object>>put(new TreeSet<>(), Collections::unmodifiableSortedSet);
        WrapperForm.<NavigableSet<Object>>put(new TreeSet<>(), Collections::unmodifiableNavigableSet);
        WrapperForm.<Map<Object, Object>>put(new TreeMap<>(), Collections::unmodifiableMap);
        WrapperForm.<SortedMap<Object, Object>>put(new TreeMap<>(), Collections::unmodifiableSortedMap);
        WrapperForm.<NavigableMap<Object, Object>>put(new TreeMap<>(), Collections::unmodifiableNavigableMap);
    }

    private static <T> void put(T example, Function<T, T> wrap) {
        JdkForms.put(wrap.apply(example), new WrapperForm<>(wrap));
    }

    @Override
    public void write(Kryo kryo, Output output, T wrapper) {
        ObjectGraphs graphs = ObjectGraphs.of(kryo);
        @Nullable Object wrapped = graphs.wrapped(wrapper);
        graphs.writeWhole(output, isReplaced(wrapped) ? copy(wrapper) : wrapped);
    }

    private static boolean isReplaced(@Nullable Object wrapped) {
        return !(wrapped instanceof Collection || wrapped instanceof Map)
                && wrapped != null
                && Fields.areOfJdk(wrapped.getClass());
    }

    /** Java replaces immutable and enum sets, and immutable maps, by something that does not keep their order. */
    private static Object copy(Object wrapper) {
        if (wrapper instanceof Map<?, ?> map) {
            return new LinkedHashMap<>(map);
        }
        return wrapper instanceof Set<?> set ? new LinkedHashSet<>(set) : new ArrayList<>((Collection<?>) wrapper);
    }

    @Override
    @SuppressWarnings("unchecked") // that is what was written
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        return wrap.apply((W) Objects.requireNonNull(ObjectGraphs.of(kryo).readWhole(input)[0]));
    }

    /** Finds what a wrapper wraps: the wrapper does not hand it out, but begins with it when Java serializes it. */
    static final class Unwrapping extends ObjectOutputStream {

        private boolean hasBegun;
        private @Nullable Object found;

        private Unwrapping() throws IOException {
            super(OutputStream.nullOutputStream());
            enableReplaceObject(true);
        }

        static Unwrapping make() {
            try {
                return new Unwrapping();
            } catch (IOException e) {
                throw new KryoException(e);
            }
        }

        @Nullable Object wrapped(Object wrapper) {
            hasBegun = false;
            try {
                writeObject(wrapper);
                reset();
                return found;
            } catch (IOException e) {
                throw new KryoException(e);
            } finally {
                found = null;
            }
        }

        /** Does nothing: the bytes are not kept. */
        @Override
        protected void writeClassDescriptor(ObjectStreamClass description) {}

        /** Leaves out all that the wrapper refers to, after having taken the first of it. */
        @Override
        protected @Nullable Object replaceObject(Object object) {
            if (!hasBegun) {
                hasBegun = true;
                return object;
            }
            if (found == null) {
                found = object;
            }
            return null;
        }
    }
}

package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Serializers of classes of the JDK that Kryo has none for, or one that cannot read what it has written. */
final class JdkSerializers {

    private static final Map<Class<?>, Function<List<Object>, Object>> WRAPPED_COLLECTIONS = new HashMap<>();
    private static final Map<Class<?>, Function<Map<Object, Object>, Object>> WRAPPED_MAPS = new HashMap<>();

    static {
        collection(Collections.unmodifiableList(new ArrayList<>()), Collections::unmodifiableList);
        collection(
                Collections.unmodifiableList(new LinkedList<>()),
                list -> Collections.unmodifiableList(new LinkedList<>(list)));
        collection(
                Collections.unmodifiableSet(new HashSet<>()), list -> Collections.unmodifiableSet(new LinkedHashSet<>(list)));
        collection(Collections.unmodifiableCollection(new ArrayList<>()), Collections::unmodifiableCollection);
        collection(Collections.synchronizedList(new ArrayList<>()), Collections::synchronizedList);
        collection(
                Collections.synchronizedSet(new HashSet<>()), list -> Collections.synchronizedSet(new LinkedHashSet<>(list)));
        WRAPPED_MAPS.put(Collections.unmodifiableMap(new HashMap<>()).getClass(), Collections::unmodifiableMap);
        WRAPPED_MAPS.put(Collections.synchronizedMap(new HashMap<>()).getClass(), Collections::synchronizedMap);
    }

    private JdkSerializers() {}

    private static void collection(Collection<?> example, Function<List<Object>, Object> wrap) {
        WRAPPED_COLLECTIONS.put(example.getClass(), wrap);
    }

    /** The serializer of exactly {@code type}, or null when there is none here. */
    static @Nullable Serializer<?> find(Class<?> type) {
        Function<List<Object>, Object> wrap = WRAPPED_COLLECTIONS.get(type);
        if (wrap != null) {
            return new CopiedCollection(wrap);
        }
        Function<Map<Object, Object>, Object> wrapMap = WRAPPED_MAPS.get(type);
        if (wrapMap != null) {
            return new CopiedMap(wrapMap);
        }
        if (type == IntSummaryStatistics.class) {
            return new OfIntSummary();
        }
        return type == LongSummaryStatistics.class ? new OfLongSummary() : null;
    }

    /** A collection as its elements, of which an equal one is made. */
    static final class CopiedCollection extends Serializer<Object> {

        private final Function<List<Object>, Object> make;

        CopiedCollection(Function<List<Object>, Object> make) {
            this.make = make;
        }

        /** A view or the like: a set stays a set, everything else becomes a list. */
        CopiedCollection(Class<?> type) {
            this(Set.class.isAssignableFrom(type) ? LinkedHashSet<Object>::new : list -> list);
        }

        @Override
        public void write(Kryo kryo, Output out, Object object) {
            Collection<?> elements = (Collection<?>) object;
            out.writeVarInt(elements.size(), true);
            for (Object element : elements) {
                kryo.writeClassAndObject(out, element);
            }
        }

        @Override
        public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
            int size = in.readVarInt(true);
            List<Object> elements = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                elements.add(kryo.readClassAndObject(in));
            }
            return make.apply(elements);
        }
    }

    /** A map as its entries, of which an equal one is made. */
    static final class CopiedMap extends Serializer<Object> {

        private final Function<Map<Object, Object>, Object> make;

        CopiedMap(Function<Map<Object, Object>, Object> make) {
            this.make = make;
        }

        CopiedMap() {
            this(map -> map);
        }

        @Override
        public void write(Kryo kryo, Output out, Object object) {
            Map<?, ?> map = (Map<?, ?>) object;
            out.writeVarInt(map.size(), true);
            map.forEach((key, value) -> {
                kryo.writeClassAndObject(out, key);
                kryo.writeClassAndObject(out, value);
            });
        }

        @Override
        public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
            int size = in.readVarInt(true);
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                map.put(kryo.readClassAndObject(in), kryo.readClassAndObject(in));
            }
            return make.apply(map);
        }
    }

    private static final class OfIntSummary extends Serializer<IntSummaryStatistics> {

        @Override
        public void write(Kryo kryo, Output out, IntSummaryStatistics summary) {
            out.writeVarLong(summary.getCount(), true);
            out.writeInt(summary.getMin());
            out.writeInt(summary.getMax());
            out.writeLong(summary.getSum());
        }

        @Override
        public IntSummaryStatistics read(Kryo kryo, Input in, Class<? extends IntSummaryStatistics> type) {
            return new IntSummaryStatistics(in.readVarLong(true), in.readInt(), in.readInt(), in.readLong());
        }
    }

    private static final class OfLongSummary extends Serializer<LongSummaryStatistics> {

        @Override
        public void write(Kryo kryo, Output out, LongSummaryStatistics summary) {
            out.writeVarLong(summary.getCount(), true);
            out.writeLong(summary.getMin());
            out.writeLong(summary.getMax());
            out.writeLong(summary.getSum());
        }

        @Override
        public LongSummaryStatistics read(Kryo kryo, Input in, Class<? extends LongSummaryStatistics> type) {
            return new LongSummaryStatistics(in.readVarLong(true), in.readLong(), in.readLong(), in.readLong());
        }
    }
}

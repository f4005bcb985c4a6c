package dev.bag.trait;

import dev.bag.value.Pair;
import dev.bag.value.Utf8;
import dev.bag.value.View;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Copies of records that refer to no buffer: what is kept of {@linkplain View views}. Pairs, and records of other record
 * classes, are made anew of copies of their components where one of these is a view. Of other classes it is not known
 * whether their objects contain views, and then the object itself is all there is.
 */
public final class Copies {

    /** Records within records that are looked into. */
    private static final int DEEPEST = 8;

    private static final ClassValue<Form> FORMS = new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return formOf(type);
        }
    };

    private Copies() {}

    /** How objects of a class are copied. */
    private interface Form {

        /** Of objects that contain no views. */
        Form ALONE = new Form() {};

        /** Of objects that may contain any. */
        Form UNKNOWN = new Form() {
            @Override
            public boolean isCertain(Object object, int depth) {
                return false;
            }
        };

        default Object copy(Object object, int depth) {
            return object;
        }

        default boolean isCertain(Object object, int depth) {
            return true;
        }
    }

    /** Returns an object equal to {@code object} that refers to no buffer, as far as is known of its class. */
    @SuppressWarnings("unchecked") // a copy has the class of what it is a copy of
    public static <T> T of(T object) {
        return (T) of(object, 0);
    }

    private static Object of(Object object, int depth) {
        if (object instanceof String) {
            return object;
        }
        if (object instanceof Utf8 text) {
            return text.copy();
        }
        return FORMS.get(object.getClass()).copy(object, depth);
    }

    /** Returns whether all is known that {@code object} may refer to, so that its copy refers to no buffer. */
    public static boolean areCertain(Object object) {
        return areCertain(object, 0);
    }

    private static boolean areCertain(Object object, int depth) {
        return object instanceof String
                || object instanceof Utf8
                || FORMS.get(object.getClass()).isCertain(object, depth);
    }

    private static Form formOf(Class<?> type) {
        if (View.class.isAssignableFrom(type)) {
            return new Form() {
                @Override
                public Object copy(Object object, int depth) {
                    return ((View<?>) object).copy();
                }
            };
        }
        if (type == Pair.class) {
            return OfPair.INSTANCE;
        }
        if (isAlone(type)) {
            return Form.ALONE;
        }
        return type.isRecord() ? OfRecord.form(type) : Form.UNKNOWN;
    }

    private static boolean isAlone(Class<?> type) {
        boolean isOfJdk = type.getClassLoader() == null;
        return (type.isArray() && type.getComponentType().isPrimitive())
                || Enum.class.isAssignableFrom(type)
                || (isOfJdk && type.getPackageName().equals("java.lang") && Comparable.class.isAssignableFrom(type))
                || (isOfJdk && type.getPackageName().equals("java.time"))
                || type == BigDecimal.class
                || type == BigInteger.class
                || type == UUID.class;
    }

    /** Pairs are frequent, and need no reflection. */
    private static final class OfPair implements Form {

        static final OfPair INSTANCE = new OfPair();

        @Override
        public Object copy(Object object, int depth) {
            Pair<?, ?> pair = (Pair<?, ?>) object;
            Object first = part(pair.first(), depth);
            Object second = part(pair.second(), depth);
            return first == pair.first() && second == pair.second() ? pair : new Pair<>(first, second);
        }

        @Override
        public boolean isCertain(Object object, int depth) {
            Pair<?, ?> pair = (Pair<?, ?>) object;
            return isPartCertain(pair.first(), depth) && isPartCertain(pair.second(), depth);
        }
    }

    private static @Nullable Object part(@Nullable Object part, int depth) {
        return part == null || depth == DEEPEST ? part : of(part, depth + 1);
    }

    private static boolean isPartCertain(@Nullable Object part, int depth) {
        return part == null || (depth < DEEPEST && areCertain(part, depth + 1));
    }

    /** The records of a class, where its components can be read and its constructor can be called. */
    private static final class OfRecord implements Form {

        private final MethodHandle[] accessors;
        private final MethodHandle constructor;

        private OfRecord(MethodHandle[] accessors, MethodHandle constructor) {
            this.accessors = accessors;
            this.constructor = constructor;
        }

        static Form form(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            MethodHandle[] accessors = new MethodHandle[components.length];
            boolean isAlone = true;
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                for (int i = 0; i < components.length; i++) {
                    types[i] = components[i].getType();
                    isAlone &= types[i].isPrimitive() || types[i] == String.class || isAlone(types[i]);
                    Method accessor = components[i].getAccessor();
                    if (!accessor.trySetAccessible()) {
                        return UNKNOWN;
                    }
                    accessors[i] = lookup.unreflect(accessor);
                }
                Constructor<?> constructor = type.getDeclaredConstructor(types);
                if (isAlone) {
                    return ALONE;
                }
                return constructor.trySetAccessible()
                        ? new OfRecord(
                                accessors,
                                lookup.unreflectConstructor(constructor).asSpreader(Object[].class, types.length))
                        : UNKNOWN;
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e); // every record class has them, and they are accessible
            }
        }

        @Override
        public Object copy(Object object, int depth) {
            @Nullable Object[] parts = new @Nullable Object[accessors.length];
            boolean isSame = true;
            for (int i = 0; i < parts.length; i++) {
                Object part = read(object, i);
                parts[i] = part(part, depth);
                isSame &= parts[i] == part;
            }
            return isSame ? object : make(object, parts);
        }

        @Override
        public boolean isCertain(Object object, int depth) {
            for (int i = 0; i < accessors.length; i++) {
                if (!isPartCertain(read(object, i), depth)) {
                    return false;
                }
            }
            return true;
        }

        private @Nullable Object read(Object object, int component) {
            try {
                return accessors[component].invoke(object);
            } catch (Throwable e) {
                throw failed("an accessor", object, e);
            }
        }

        private Object make(Object object, @Nullable Object[] parts) {
            try {
                return constructor.invoke(parts);
            } catch (Throwable e) {
                throw failed("the constructor", object, e);
            }
        }

        private static RuntimeException failed(String member, Object object, Throwable thrown) {
            if (thrown instanceof Error error) {
                throw error;
            }
            return new IllegalStateException(
                    member + " of record class " + object.getClass().getName()
                            + " failed while a record was copied, so that it can be kept",
                    thrown);
        }
    }
}

package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.objenesis.instantiator.ObjectInstantiator;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.InstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.util.Util;
import dev.bag.value.Utf8;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Objects and what they refer to. Kryo does the walk, the numbers of classes and what the JDK's collections are made of;
 * which way an object is written is decided in {@link Forms}.
 */
final class ObjectGraphs extends Kryo {

    static {
        withoutUnsafe();
    }

    private final Forms forms;
    private final SeenObjects met;
    private WrapperForm.@Nullable Unwrapping unwrapping;

    ObjectGraphs(ClassNumbers classes, @Nullable OnDiskNumbers onDisk) {
        this(classes, onDisk, new SeenObjects());
    }

    private ObjectGraphs(ClassNumbers classes, @Nullable OnDiskNumbers onDisk, SeenObjects met) {
        super(new ClassNumbers.Resolver(classes), met);
        this.met = met;
        forms = new Forms(classes, onDisk, super::getDefaultSerializer);
        setRegistrationRequired(false);
        setOptimizedGenerics(false);
        setInstantiatorStrategy(new Instantiation());
        register(String.class, new Strings.Form());
        register(Utf8.class, new Utf8Bytes.Form());
    }

    /** Returns {@code kryo}, which forms are given, as what it is. */
    static ObjectGraphs of(Kryo kryo) {
        return (ObjectGraphs) kryo;
    }

    /** Writes the parts of the object that was begun last. It is made of all of them at once, so none may refer to it. */
    void writeWhole(Output output, @Nullable Object... parts) {
        met.beginParts();
        output.writeVarInt(parts.length, true);
        for (@Nullable Object part : parts) {
            writeClassAndObject(output, part);
        }
        met.endParts();
    }

    @Nullable Object[] readWhole(Input input) {
        @Nullable Object[] parts = new Object[input.readVarInt(true)];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = readClassAndObject(input);
        }
        return parts;
    }

    /** Returns what a wrapper of the JDK wraps. */
    @Nullable Object wrapped(Object wrapper) {
        if (unwrapping == null) {
            unwrapping = WrapperForm.Unwrapping.make();
        }
        return unwrapping.wrapped(wrapper);
    }

    SeenObjects met() {
        return met;
    }

    /** Returns false: proxies are like other objects, and not taken for what handles their calls. */
    @Override
    @SuppressWarnings("rawtypes") // as in the method it overrides
    public boolean isProxy(Class type) {
        return false;
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the method it overrides
    public Serializer getDefaultSerializer(Class type) {
        return forms.of(type);
    }

    /** Newer JDKs print a warning when sun.misc.Unsafe is used, as Kryo does unless told not to. */
    private static void withoutUnsafe() {
        String property = "kryo.unsafe";
        String before = System.getProperty(property);
        System.setProperty(property, "false");
        try {
            Util.isUnsafeAvailable();
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }

    /**
     * Makes objects without a constructor if all their fields are written. If not, their constructor without parameters
     * gives the others their values, unless there is none or it fails. Those of the JDK are always made by their
     * constructor.
     */
    private static final class Instantiation implements InstantiatorStrategy {

        private final InstantiatorStrategy withoutConstructor = new StdInstantiatorStrategy();

        @Override
        public <T> ObjectInstantiator<T> newInstantiatorOf(Class<T> type) {
            ObjectInstantiator<T> without = withoutConstructor.newInstantiatorOf(type);
            if (!Fields.areOfJdk(type) && !Fields.leavesSomeOut(type)) {
                return without;
            }
            try {
                Constructor<T> constructor = type.getDeclaredConstructor();
                if (isPublic(constructor) || constructor.trySetAccessible()) {
                    return () -> make(constructor, without);
                }
            } catch (NoSuchMethodException e) {
                // Then without.
            }
            return without;
        }

        private static boolean isPublic(Constructor<?> constructor) {
            return Modifier.isPublic(constructor.getModifiers())
                    && Modifier.isPublic(constructor.getDeclaringClass().getModifiers());
        }

        private static <T> T make(Constructor<T> constructor, ObjectInstantiator<T> without) {
            try {
                return constructor.newInstance();
            } catch (InvocationTargetException e) {
                return without.newInstance();
            } catch (ReflectiveOperationException e) {
                throw new KryoException(e);
            }
        }
    }
}

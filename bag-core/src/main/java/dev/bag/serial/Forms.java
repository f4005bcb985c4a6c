package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import dev.bag.serial.CollectionForms.EnumMapForm;
import dev.bag.serial.Fields.FieldForm;
import dev.bag.serial.RecordException.ClassNames;
import dev.bag.serial.RecordException.UnwritableException;
import dev.bag.trait.Traits.OnDisk;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * In which form the objects of a class are written. A class of the user's is taken apart into its components or fields,
 * unless it says itself how it wants to be serialized, or does not let us see its fields; then it is left to Java's own
 * serialization. The JDK never lets us see fields, so what of it has contents has a form of its own in {@link JdkForms}.
 */
final class Forms {

    private final Function<Class<?>, Serializer<?>> kryos;
    private final JavaForm java;
    private final Serializer<?> classes;
    private final Serializer<?> onDisk;

    /**
     * What is left to Kryo is asked of {@code kryos}.
     *
     * @param onDisk null if what is on disk is to be written as the list that it is
     */
    Forms(ClassNumbers classes, @Nullable OnDiskNumbers onDisk, Function<Class<?>, Serializer<?>> kryos) {
        this.kryos = kryos;
        this.java = new JavaForm(classes);
        this.classes = new ClassNumbers.Form(classes);
        this.onDisk = onDisk == null ? new Contents() : new OnDiskNumbers.Form(onDisk);
    }

    Serializer<?> of(Class<?> type) {
        if (type.isArray() || type.isEnum()) {
            return kryos.apply(type);
        }
        if (type == Class.class) {
            return classes;
        }
        if (OnDisk.class.isAssignableFrom(type)) {
            return onDisk;
        }
        if (Proxy.isProxyClass(type)) {
            return new ProxyForm();
        }
        if (isOfTheJdk(type)) {
            return ofTheJdk(type);
        }
        return type.isHidden() ? ofTheHidden(type) : ofTheUser(type);
    }

    private Serializer<?> ofTheJdk(Class<?> type) {
        if (type == EnumMap.class) {
            return new EnumMapForm<>(java);
        }
        @Nullable Serializer<?> own = JdkForms.of(type);
        if (own != null) {
            return own;
        }
        if (JdkForms.isLeftToKryo(type)) {
            return kryos.apply(type);
        }
        if (isSerializable(type)) {
            return java;
        }
        boolean canBeCopied = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
        throw new UnwritableException(ClassNames.of(type) + " belongs to the JDK and is not Serializable"
                + (canBeCopied ? "; copy it, as new ArrayList<>(...) or new HashMap<>(...) does" : ""));
    }

    private Serializer<?> ofTheHidden(Class<?> type) {
        if (isSerializable(type) && JavaSerialization.hasItsOwnWord(type)) {
            return java;
        }
        throw new UnwritableException("it refers to a lambda, or another hidden class, of "
                + ClassNames.beforeHiding(type) + ", which is not Serializable");
    }

    private Serializer<?> ofTheUser(Class<?> type) {
        boolean serializable = isSerializable(type);
        if (serializable && JavaSerialization.hasItsOwnWord(type)) {
            return java;
        }
        @Nullable String obstacle = Fields.obstacle(type);
        if (obstacle == null) {
            return type.isRecord() ? new RecordForm(type) : new FieldForm(type);
        }
        if (serializable) {
            return java;
        }
        throw new UnwritableException(obstacle);
    }

    private static boolean isSerializable(Class<?> type) {
        return Serializable.class.isAssignableFrom(type);
    }

    private static boolean isOfTheJdk(Class<?> type) {
        @Nullable String module = type.getModule().getName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    /** What is on disk already as its elements: for another process, which cannot read it there. */
    private static final class Contents extends Serializer<Object> {

        @Override
        public void write(Kryo kryo, Output output, Object thing) {
            ObjectGraphs.of(kryo).writeWhole(output, ((List<?>) thing).toArray());
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            return Arrays.asList(ObjectGraphs.of(kryo).readWhole(input));
        }
    }

    /** A proxy as what handles its calls. */
    private static final class ProxyForm extends Serializer<Object> {

        @Override
        public void write(Kryo kryo, Output output, Object proxy) {
            ObjectGraphs.of(kryo).writeWhole(output, Proxy.getInvocationHandler(proxy));
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            InvocationHandler handler =
                    (InvocationHandler) ObjectGraphs.of(kryo).readWhole(input)[0];
            return Proxy.newProxyInstance(type.getClassLoader(), type.getInterfaces(), handler);
        }
    }
}

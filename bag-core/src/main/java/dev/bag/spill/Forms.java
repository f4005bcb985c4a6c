package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.Serializer;
import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * In which form the objects of a class are written. A class of the user's is taken apart into its components or fields,
 * unless it says itself how it wants to be serialized, or does not let us see its fields; then it is left to Java's own
 * serialization. The JDK never lets us see fields, so what of it has contents has a form of its own in {@link JdkForms}.
 */
final class Forms {

    private static final Set<String> OWN_WORD = Set.of("writeObject", "readObject", "writeReplace", "readResolve");

    private final Function<Class<?>, Serializer<?>> kryos;
    private final JavaForm java;
    private final Serializer<?> classes;

    /** What is left to Kryo is asked of {@code kryos}. */
    Forms(ClassNumbers classes, Function<Class<?>, Serializer<?>> kryos) {
        this.kryos = kryos;
        this.java = new JavaForm(classes);
        this.classes = new ClassForm(classes);
    }

    Serializer<?> of(Class<?> type) {
        if (type.isArray() || type.isEnum()) {
            return kryos.apply(type);
        }
        if (type == Class.class) {
            return classes;
        }
        if (isOfTheJdk(type)) {
            return ofTheJdk(type);
        }
        if (type.isHidden()) {
            throw new UnwritableException(
                    "it refers to a lambda, or another hidden class, of " + nameBeforeHiding(type));
        }
        return ofTheUser(type);
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
        if (Serializable.class.isAssignableFrom(type)) {
            return java;
        }
        throw new UnwritableException(type.getName() + " belongs to the JDK and is not Serializable");
    }

    private Serializer<?> ofTheUser(Class<?> type) {
        boolean serializable = Serializable.class.isAssignableFrom(type);
        if (serializable && hasItsOwnWord(type)) {
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

    /** Without the part that differs each time. */
    private static String nameBeforeHiding(Class<?> type) {
        return type.getName().replaceFirst("(\\$\\$Lambda.*|/.*)", "");
    }

    private static boolean hasItsOwnWord(Class<?> type) {
        if (Externalizable.class.isAssignableFrom(type)) {
            return true;
        }
        for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Method method : each.getDeclaredMethods()) {
                if (OWN_WORD.contains(method.getName())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOfTheJdk(Class<?> type) {
        @Nullable String module = type.getModule().getName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }
}

package dev.bag.serial;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which objects and classes are best left to Java's own serialization. */
final class JavaSerialization {

    /** Java makes a table of another size than they had. */
    private static final Set<Class<?>> LOSES_ORDER =
            Set.of(HashMap.class, HashSet.class, ConcurrentHashMap.class, Hashtable.class);

    private static final ClassValue<Boolean> CAN_WRITE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return type.isArray()
                    || Serializable.class.isAssignableFrom(type)
                            && !LOSES_ORDER.contains(type)
                            && (hasItsOwnWord(type) || !losesFields(type));
        }
    };

    private JavaSerialization() {}

    /** Whether it does not matter if an object comes back as one or as two; it refers to nothing that Java cannot write. */
    static boolean isValue(Object object) {
        return object instanceof String
                || object instanceof Number && object.getClass().getName().startsWith("java.lang.")
                || object instanceof Boolean
                || object instanceof Character
                || object instanceof Enum;
    }

    /**
     * Whether Java is to write an object on behalf of another whatever that refers to: of the JDK those for which there is
     * no other form, since they may be parts of one thing, as a lock and its conditions are; and causes of each other.
     */
    static boolean staysTogether(Object object) {
        return isValue(object)
                || object instanceof Throwable
                || object instanceof StackTraceElement[]
                || object instanceof Serializable && isOfJdkWithoutForm(object.getClass());
    }

    /** Whether an object is a collection of the JDK, which need not stay together with its elements. */
    static boolean isCollectionOfJdk(Object object) {
        return (object instanceof Collection || object instanceof Map) && Fields.areOfJdk(object.getClass());
    }

    private static boolean isOfJdkWithoutForm(Class<?> type) {
        return Fields.areOfJdk(type)
                && !type.isArray()
                && !JdkForms.isLeftToKryo(type)
                && type != EnumMap.class
                && JdkForms.of(type) == null;
    }

    /** Whether Java neither refuses an object of this class nor leaves out what we would write; what it refers to apart. */
    static boolean canWrite(Class<?> type) {
        return CAN_WRITE.get(type);
    }

    /** Java gives the fields of superclasses that are not Serializable the values that a new object has. */
    private static boolean losesFields(Class<?> type) {
        for (Class<?> each = type; !Fields.areOfJdk(each); each = each.getSuperclass()) {
            if (!Serializable.class.isAssignableFrom(each) && Fields.hasData(each)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a Serializable class says itself how it is to be serialized. */
    static boolean hasItsOwnWord(Class<?> type) {
        if (Externalizable.class.isAssignableFrom(type)) {
            return true;
        }
        for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (Arrays.stream(each.getDeclaredMethods()).anyMatch(JavaSerialization::isWord)
                    || Arrays.stream(each.getDeclaredFields()).anyMatch(JavaSerialization::namesFields)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWord(Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            return false;
        }
        return switch (method.getName()) {
            case "writeObject" -> takesOnly(method, ObjectOutputStream.class);
            case "readObject" -> takesOnly(method, ObjectInputStream.class);
            case "readObjectNoData" -> method.getParameterCount() == 0;
            case "writeReplace", "readResolve" ->
                method.getParameterCount() == 0 && method.getReturnType() == Object.class;
            default -> false;
        };
    }

    private static boolean takesOnly(Method method, Class<?> parameter) {
        return method.getParameterCount() == 1
                && method.getParameterTypes()[0] == parameter
                && method.getReturnType() == void.class
                && Modifier.isPrivate(method.getModifiers());
    }

    private static boolean namesFields(Field field) {
        return field.getName().equals("serialPersistentFields") && Modifier.isStatic(field.getModifiers());
    }
}

package dev.bag.spill;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a user's class consists of: its own fields, those of its user's superclasses, and a class of the JDK. */
record Ancestry(Class<?> type, Class<?> jdk, List<Field> ownFields) {

    /** Fields that say nothing about what is in an object: a count of changes, and views made for later. */
    private static final Set<String> OF_NO_MEANING = Set.of("modCount", "keySet", "values");

    private static final Set<String> SAYS_HOW = Set.of("writeObject", "readObject", "writeReplace", "readResolve");

    static Ancestry of(Class<?> type) {
        List<Field> own = new ArrayList<>();
        Class<?> at = type;
        while (!isOfJdk(at)) {
            for (Field field : at.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    own.add(field);
                }
            }
            at = at.getSuperclass();
        }
        return new Ancestry(type, at, own);
    }

    static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /** Whether the class of the JDK has fields of a meaning. */
    boolean jdkHasState() {
        for (Class<?> at = jdk; at != null; at = at.getSuperclass()) {
            boolean skeleton = at.getName().startsWith("java.util.Abstract");
            for (Field field : at.getDeclaredFields()) {
                boolean counts = !skeleton || !OF_NO_MEANING.contains(field.getName());
                if (counts && !Modifier.isStatic(field.getModifiers())) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean hasConstructor() {
        try {
            type.getDeclaredConstructor();
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** Whether the user's classes have any of the methods by which Java's own serialization lets a class have its way. */
    boolean saysHowItIsWritten() {
        return declaresAny(SAYS_HOW);
    }

    /** Whether another object is written or read instead. */
    boolean isReplaced() {
        return declaresAny(Set.of("writeReplace", "readResolve"));
    }

    private boolean declaresAny(Set<String> names) {
        for (Class<?> at = type; at != jdk; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (names.contains(method.getName())) {
                    return true;
                }
            }
        }
        return false;
    }
}

package dev.bag.memory;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a user's class consists of: its own fields, those of its user's superclasses, and a class of the JDK. */
record Ancestry(Class<?> jdk, List<Field> ownFields) {

    /** Fields that say nothing about what is in an object: a count of changes, and views made for later. */
    private static final Set<String> OF_NO_MEANING = Set.of("modCount", "keySet", "values");

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
        return new Ancestry(at, own);
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
}

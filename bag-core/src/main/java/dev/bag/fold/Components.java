package dev.bag.fold;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** The components of records of any class. */
final class Components {

    private static final ClassValue<Method[]> ACCESSORS = new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
            return accessors(type);
        }
    };

    private Components() {}

    static @Nullable Object[] of(Record value) {
        Method[] accessors = ACCESSORS.get(value.getClass());
        @Nullable Object[] components = new @Nullable Object[accessors.length];
        for (int i = 0; i < accessors.length; i++) {
            components[i] = read(accessors[i], value);
        }
        return components;
    }

    private static Method[] accessors(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Method[] accessors = new Method[components.length];
        for (int i = 0; i < components.length; i++) {
            accessors[i] = components[i].getAccessor();
            if (!accessors[i].trySetAccessible()) {
                throw new IllegalArgumentException("countDistinctApprox: the record class " + type.getName()
                        + " cannot be looked into. Open the package " + type.getPackageName()
                        + " to module dev.bag.core, or return a String or a list.");
            }
        }
        return accessors;
    }

    private static @Nullable Object read(Method accessor, Record value) {
        try {
            return accessor.invoke(value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // made accessible before
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the accessor " + accessor + " failed", e.getCause());
        }
    }
}

package dev.bag.io.csv;

import dev.bag.value.Utf8;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values of records of record classes, and values as the text of a cell: the way back from {@link CsvBinding}. */
final class CsvValues {

    private CsvValues() {}

    /** Returns the names of the components of a record class. */
    static List<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** Returns what returns the value of a component, which the class has. */
    static MethodHandle getter(Class<?> type, String name) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getName().equals(name)) {
                return getter(type, component.getAccessor());
            }
        }
        throw new IllegalArgumentException(type.getName() + "." + name);
    }

    private static MethodHandle getter(Class<?> type, Method accessor) {
        try {
            accessor.setAccessible(true);
            return MethodHandles.lookup().unreflect(accessor).asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "the values of " + type.getName() + " cannot be read. Its package must be open to dev.bag.io.", e);
        }
    }

    /** Returns the value of a component. */
    static @Nullable Object get(MethodHandle getter, Object record) {
        try {
            return getter.invokeExact(record);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a value as text; null for none. */
    static @Nullable String text(String column, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof CharSequence || value instanceof Number || value instanceof Utf8) {
            return value.toString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Optional<?> optional) {
            return text(column, optional.orElse(null));
        }
        return otherText(column, value);
    }

    private static @Nullable String otherText(String column, Object value) {
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? String.valueOf(optional.getAsInt()) : null;
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? String.valueOf(optional.getAsLong()) : null;
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? String.valueOf(optional.getAsDouble()) : null;
        }
        if (value instanceof Boolean
                || value instanceof Character
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount
                || value instanceof UUID
                || value instanceof URI
                || value instanceof Path) {
            return value.toString();
        }
        throw new IllegalArgumentException("column \"" + column + "\": a "
                + value.getClass().getName() + " is not written as text. Make a String of it first, with map(...).");
    }
}

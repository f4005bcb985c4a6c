package dev.bag.serial;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code List.reversed()}, of JDK 21 and later. */
final class ReversedLists {

    private static final @Nullable Method REVERSED = find();

    private ReversedLists() {}

    private static @Nullable Method find() {
        try {
            return List.class.getMethod("reversed");
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    static boolean areThere() {
        return REVERSED != null;
    }

    /** The reversed list that has these elements. */
    static List<@Nullable Object> reversedOf(@Nullable Object[] elements) {
        List<@Nullable Object> list = Elements.list(elements);
        Collections.reverse(list);
        return reversed(list);
    }

    @SuppressWarnings("unchecked") // so says the method
    static List<@Nullable Object> reversed(List<@Nullable Object> list) {
        try {
            return (List<@Nullable Object>) Objects.requireNonNull(REVERSED).invoke(list);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

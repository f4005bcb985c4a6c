package dev.bag.spill;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields that make up the objects of a class: those of its superclasses too, the transient ones not. */
final class Fields {

    private Fields() {}

    /** Always in the same order. */
    static List<Field> of(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) {
            Arrays.stream(each.getDeclaredFields())
                    .filter(Fields::isData)
                    .sorted(Comparator.comparing(Field::getName))
                    .forEach(fields::add);
        }
        return fields;
    }

    /** Why we cannot see all fields, or null if we can. */
    static @Nullable String obstacle(Class<?> type) {
        Module here = Fields.class.getModule();
        for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) {
            Module module = each.getModule();
            if (!module.isOpen(each.getPackageName(), here) && (each == type || hasData(each))) {
                return module + " does not open " + each.getPackageName() + " to " + here
                        + ", which hides the fields of " + each.getName();
            }
        }
        return null;
    }

    private static boolean hasData(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields()).anyMatch(Fields::isData);
    }

    private static boolean isData(Field field) {
        return !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers());
    }
}

package dev.bag.serial;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The names of classes in messages: as the user knows them, and the same each time. */
final class ClassNames {

    private ClassNames() {}

    static String of(Class<?> type) {
        if (Proxy.isProxyClass(type)) {
            return Arrays.stream(type.getInterfaces())
                    .map(Class::getTypeName)
                    .collect(Collectors.joining(" and ", "java.lang.reflect.Proxy for ", ""));
        }
        return type.isHidden() ? type.getName().replaceFirst("(?<=\\$\\$Lambda).*|/.*", "") : type.getTypeName();
    }

    /** The class in whose code a lambda stands, or to whose name one was added that differs each time. */
    static String beforeHiding(Class<?> type) {
        return type.getName().replaceFirst("(\\$\\$Lambda.*|/.*)", "");
    }
}

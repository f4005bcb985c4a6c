package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A record cannot be written as bytes, or cannot be made again from them. The message says why, but not what to do. */
public final class RecordException extends IOException {

    private static final long serialVersionUID = 1;

    private RecordException(String message, Throwable cause) {
        super(message, cause);
    }

    static RecordException unwritable(Class<?> type, Throwable thrown) {
        return new RecordException(
                "a record of class " + ClassNames.of(type) + " cannot be written to disk: " + reason(thrown), thrown);
    }

    static RecordException unreadable(Throwable thrown) {
        return new RecordException("a record cannot be made again from what was spilled: " + reason(thrown), thrown);
    }

    /** Why, in a few words. */
    static String reason(Throwable thrown) {
        Throwable root = thrown;
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        if (root instanceof StackOverflowError) {
            return "its objects are nested too deeply for the stack of a thread";
        }
        @Nullable String message = root.getMessage();
        if (message == null) {
            return root.getClass().getName();
        }
        return root instanceof KryoException ? message.lines().findFirst().orElse(message) : root.toString();
    }

    /** A class whose objects cannot be written; the message says why. */
    static final class UnwritableException extends KryoException {

        private static final long serialVersionUID = 1;

        private final String reason;

        UnwritableException(String reason) {
            super(reason);
            this.reason = reason;
        }

        /** This, of what a transient field holds. */
        UnwritableException inTransient(Field field) {
            String declaring = ClassNames.of(field.getDeclaringClass());
            return new UnwritableException(reason + " (in the transient field " + field.getName() + " of " + declaring
                    + ", which is left out only if " + declaring + " is Serializable)");
        }
    }

    /** The names of classes in messages: as the user knows them, and the same each time. */
    static final class ClassNames {

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
}

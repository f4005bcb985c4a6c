package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.lang.reflect.Field;

/** A class whose objects cannot be written; the message says why. */
final class UnwritableException extends KryoException {

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

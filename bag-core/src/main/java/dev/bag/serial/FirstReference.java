package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** What a wrapper of the JDK wraps: it does not hand that out, but begins with it when it is serialized. */
final class FirstReference extends ObjectOutputStream {

    private boolean hasBegun;
    private @Nullable Object found;

    private FirstReference() throws IOException {
        super(OutputStream.nullOutputStream());
        enableReplaceObject(true);
    }

    static FirstReference make() {
        try {
            return new FirstReference();
        } catch (IOException e) {
            throw new KryoException(e);
        }
    }

    @Nullable Object of(Object wrapper) {
        hasBegun = false;
        try {
            writeObject(wrapper);
            reset();
            return found;
        } catch (IOException e) {
            throw new KryoException(e);
        } finally {
            found = null;
        }
    }

    /** Nobody will read what class it was. */
    @Override
    protected void writeClassDescriptor(ObjectStreamClass description) {}

    /** Nothing that the wrapper refers to is written. */
    @Override
    protected @Nullable Object replaceObject(Object object) {
        if (!hasBegun) {
            hasBegun = true;
            return object;
        }
        if (found == null) {
            found = object;
        }
        return null;
    }
}

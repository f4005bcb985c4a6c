package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.io.IOException;
import java.io.ObjectOutputStream;
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

    static @Nullable Object of(Object wrapper) {
        try (FirstReference first = new FirstReference()) {
            first.writeObject(wrapper);
            return first.found;
        } catch (IOException e) {
            throw new KryoException(e);
        }
    }

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

package dev.bag.serial;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link JavaOutput} has written, with what was written apart from it. */
final class JavaInput extends ObjectInputStream {

    private final ClassNumbers classes;
    private final @Nullable Object[] apart;

    JavaInput(byte[] bytes, ClassNumbers classes, @Nullable Object[] apart) throws IOException {
        super(new ByteArrayInputStream(bytes));
        this.classes = classes;
        this.apart = apart;
        enableResolveObject(true);
    }

    @Override
    protected @Nullable Object resolveObject(Object object) {
        return object instanceof Apart placeholder ? apart[placeholder.number] : object;
    }

    @Override
    protected ObjectStreamClass readClassDescriptor() throws IOException {
        return ObjectStreamClass.lookupAny(classes.classOf(readInt()));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) {
        return description.forClass();
    }
}

package dev.bag.isolate;

import dev.bag.function.CheckedFunction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;

/** A function as bytes, by Java's serialization, which alone knows how to send a lambda. */
final class SentFunction {

    private SentFunction() {}

    /** Returns {@code function} as bytes. */
    static byte[] bytes(CheckedFunction<?, ?> function) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(function);
        } catch (NotSerializableException e) {
            throw new IllegalArgumentException(
                    "mapIsolated(…): the function uses a " + e.getMessage()
                            + ", which is not Serializable, so it cannot be sent to another process."
                            + " Let the function make it, in a static field for example, or let its class implement Serializable",
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "mapIsolated(…): the function cannot be sent to another process: " + e, e);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked") // what was sent is a function of the records that are sent
    static CheckedFunction<Object, Object> read(byte[] bytes, ClassLoader loader)
            throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new Input(new ByteArrayInputStream(bytes), loader)) {
            return (CheckedFunction<Object, Object>) in.readObject();
        }
    }

    private static final class Input extends ObjectInputStream {

        private final ClassLoader loader;

        Input(InputStream in, ClassLoader loader) throws IOException {
            super(in);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description); // a primitive type
            }
        }
    }
}

package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;

/** Java's own serialization, with the numbers of classes in place of their descriptions. */
final class JavaForm extends Serializer<Object> {

    private final ClassNumbers classes;

    JavaForm(ClassNumbers classes) {
        this.classes = classes;
    }

    @Override
    public void write(Kryo kryo, Output output, Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new NumberingOutput(bytes, classes)) {
            objects.writeObject(object);
        } catch (IOException e) {
            throw new KryoException(e);
        }
        output.writeVarInt(bytes.size(), true);
        output.writeBytes(bytes.toByteArray());
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        byte[] bytes = input.readBytes(input.readVarInt(true));
        try (ObjectInputStream objects = new NumberedInput(new ByteArrayInputStream(bytes), classes)) {
            return objects.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new KryoException(e);
        }
    }

    private static final class NumberingOutput extends ObjectOutputStream {

        private final ClassNumbers classes;

        NumberingOutput(OutputStream out, ClassNumbers classes) throws IOException {
            super(out);
            this.classes = classes;
        }

        @Override
        protected void writeClassDescriptor(ObjectStreamClass description) throws IOException {
            writeInt(classes.numberOf(description.forClass()));
        }
    }

    private static final class NumberedInput extends ObjectInputStream {

        private final ClassNumbers classes;

        NumberedInput(InputStream in, ClassNumbers classes) throws IOException {
            super(in);
            this.classes = classes;
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
}

package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Java's own serialization. If an object refers to something that Java would refuse, or of which it would lose a part, what
 * it refers to is written apart, each in its own form. What Java writes may refer to itself in any way, but shares nothing
 * with the rest of the record: an object that is in both comes back as two that are equal.
 */
final class JavaForm extends Serializer<Object> {

    private final ClassNumbers classes;

    JavaForm(ClassNumbers classes) {
        this.classes = classes;
    }

    @Override
    public void write(Kryo kryo, Output output, Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            List<Object> apart = List.of();
            if (!serialize(object, bytes, false).isJavasAlone()) {
                bytes.reset();
                apart = serialize(object, bytes, true).apart();
            }
            ObjectGraphs.of(kryo).writeWhole(output, apart.toArray());
        } catch (IOException e) {
            throw new KryoException(e);
        }
        output.writeVarInt(bytes.size(), true);
        output.writeBytes(bytes.toByteArray());
    }

    private JavaOutput serialize(Object object, ByteArrayOutputStream bytes, boolean setsApart) throws IOException {
        try (JavaOutput objects = new JavaOutput(bytes, classes, setsApart)) {
            objects.writeObject(object);
            return objects;
        }
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        @Nullable Object[] apart = ObjectGraphs.of(kryo).readWhole(input);
        byte[] bytes = input.readBytes(input.readVarInt(true));
        try (ObjectInputStream objects = new JavaInput(bytes, classes, apart)) {
            return objects.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new KryoException(e);
        }
    }
}

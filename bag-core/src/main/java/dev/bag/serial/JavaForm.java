package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Java's own serialization. If an object refers to something that Java would refuse, or of which it would lose a part, or if
 * it is a collection of the JDK, such as a synchronized wrapper, what it refers to is written apart, each object in its own
 * form. What Java writes may refer to itself in any way, but shares nothing with the rest of the record: an object that is in
 * both comes back as two that are equal. What is written apart is shared.
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
            JavaOutput written = serialize(object, bytes, JavaSerialization.isCollectionOfJdk(object));
            if (!written.isComplete()) {
                bytes.reset();
                written = serialize(object, bytes, true);
            }
            ObjectGraphs.of(kryo).writeWhole(output, written.apart().toArray());
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

    /** One object in Java's serialization, with the numbers of classes in place of their descriptions. */
    private static final class JavaOutput extends ObjectOutputStream {

        private final ClassNumbers classes;
        private final boolean setsApart;
        private final List<Object> apart = new ArrayList<>();
        private boolean hasBegun;
        private boolean isComplete = true;

        /** If it {@code setsApart}, it leaves out what need not stay together, and otherwise what Java would lose or refuse. */
        JavaOutput(ByteArrayOutputStream out, ClassNumbers classes, boolean setsApart) throws IOException {
            super(out);
            this.classes = classes;
            this.setsApart = setsApart;
            enableReplaceObject(true);
        }

        /** Whether everything was written or set apart. */
        boolean isComplete() {
            return isComplete;
        }

        /** What was left out, by the number of its {@link Placeholder}. */
        List<Object> apart() {
            return apart;
        }

        @Override
        protected @Nullable Object replaceObject(Object object) {
            if (!hasBegun) {
                hasBegun = true;
                return object;
            }
            if (setsApart) {
                return JavaSerialization.staysTogether(object) ? object : setApart(object);
            }
            if (JavaSerialization.canWrite(object.getClass())) {
                return object;
            }
            isComplete = false;
            return null;
        }

        private Placeholder setApart(Object object) {
            apart.add(object);
            return new Placeholder(apart.size() - 1);
        }

        @Override
        protected void writeClassDescriptor(ObjectStreamClass description) throws IOException {
            writeInt(classes.numberOf(description.forClass()));
        }
    }

    /** Reads what a {@link JavaOutput} has written, with what was written apart from it. */
    private static final class JavaInput extends ObjectInputStream {

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
            return object instanceof Placeholder placeholder ? apart[placeholder.number] : object;
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

    /** Takes the place, in what Java serializes, of an object that is written apart from it. */
    private static final class Placeholder implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        final int number;

        Placeholder(int number) {
            this.number = number;
        }
    }
}

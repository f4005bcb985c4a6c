package dev.bag.spark;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/**
 * Blocks as Spark writes them to files of a shuffle: the number of the partition, the number of bytes, the bytes. Nothing refers to
 * what is before it, so Spark may sort blocks as bytes and put files one behind the other.
 */
final class BlockSerializer extends Serializer implements Serializable {

    private static final long serialVersionUID = 1;

    @Override
    public boolean supportsRelocationOfSerializedObjects() {
        return true;
    }

    @Override
    public SerializerInstance newInstance() {
        return new Blocks();
    }

    private static final class Blocks extends SerializerInstance {

        @Override
        public SerializationStream serializeStream(OutputStream out) {
            return new Written(new DataOutputStream(out));
        }

        @Override
        public DeserializationStream deserializeStream(InputStream in) {
            return new Read(in);
        }

        @Override
        public <T> ByteBuffer serialize(T object, ClassTag<T> tag) {
            throw new UnsupportedOperationException("blocks are written to streams only");
        }

        @Override
        public <T> T deserialize(ByteBuffer bytes, ClassTag<T> tag) {
            throw new UnsupportedOperationException("blocks are read from streams only");
        }

        @Override
        public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> tag) {
            return deserialize(bytes, tag);
        }
    }

    /** Something that is done with a stream. */
    private interface Step<T> {

        T run() throws IOException;
    }

    /** Does something, and throws what that throws, as the code of Spark does, for which no exception is checked. */
    @SuppressWarnings("unchecked") // the caller names an unchecked E, and there is no cast at run time
    private static <T, E extends Throwable> T unchecked(Step<T> step) throws E {
        try {
            return step.run();
        } catch (IOException e) {
            throw (E) e;
        }
    }

    private static final class Written extends SerializationStream {

        private final DataOutputStream out;

        Written(DataOutputStream out) {
            this.out = out;
        }

        /** A number, and then its block. */
        @Override
        public <T> SerializationStream writeObject(T object, ClassTag<T> tag) {
            return BlockSerializer.<SerializationStream, RuntimeException>unchecked(() -> {
                if (object instanceof Integer number) {
                    out.writeInt(number);
                } else {
                    byte[] block = (byte[]) object;
                    out.writeInt(block.length);
                    out.write(block);
                }
                return this;
            });
        }

        @Override
        public void flush() {
            BlockSerializer.<Written, RuntimeException>unchecked(() -> {
                out.flush();
                return this;
            });
        }

        @Override
        public void close() {
            BlockSerializer.<Written, RuntimeException>unchecked(() -> {
                out.close();
                return this;
            });
        }
    }

    private static final class Read extends DeserializationStream {

        private final InputStream in;
        private boolean hasNumber;

        Read(InputStream in) {
            this.in = in;
        }

        /** An {@link EOFException} instead of a number is how Spark learns that there are no more. */
        @Override
        @SuppressWarnings("unchecked") // what was written
        public <T> T readObject(ClassTag<T> tag) {
            return (T) BlockSerializer.<Object, RuntimeException>unchecked(this::next);
        }

        private Object next() throws IOException {
            hasNumber = !hasNumber;
            if (!hasNumber) {
                return read(number(read(4)));
            }
            byte[] number = in.readNBytes(4);
            if (number.length == 0) {
                throw new EOFException();
            }
            return number(number.length == 4 ? number : read(4));
        }

        private static int number(byte[] bytes) {
            return ByteBuffer.wrap(bytes).getInt();
        }

        private byte[] read(int count) throws IOException {
            byte[] bytes = new byte[count];
            if (in.readNBytes(bytes, 0, count) < count) {
                throw new StreamCorruptedException("a file of a shuffle ends inside of a block");
            }
            return bytes;
        }

        @Override
        public void close() {
            BlockSerializer.<Read, RuntimeException>unchecked(() -> {
                in.close();
                return this;
            });
        }
    }
}

package dev.bag.run;

import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.kernel.SentFailure;
import dev.bag.spill.Entries;
import dev.bag.spill.SentEntries;
import dev.bag.value.Location;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Objects on their way to another process. Functions and what describes a plan are written by Java serialization, records and
 * what becomes of them as they would be on disk.
 */
final class Sent {

    private Sent() {}

    /** Returns the loader that knows the classes of the user, on either side. */
    static ClassLoader loader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? Sent.class.getClassLoader() : ofThread;
    }

    static byte[] byJava(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    static Object ofJava(byte[] bytes) throws IOException {
        try (ObjectInputStream in = new Loading(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("the class " + e.getMessage() + " is not known here: add its jar", e);
        }
    }

    /** A value of a run: in its own form if it has one, else by its fields. */
    static byte[] value(@Nullable Object value) throws IOException {
        if (value != null) {
            try {
                return marked(0, byJava(value));
            } catch (IOException e) {
                // Then by its fields.
            }
        }
        SentEntries out = new SentEntries();
        out.writeRecord(value);
        return marked(1, out.toBytes());
    }

    static @Nullable Object valueOf(byte[] bytes) throws IOException {
        byte[] rest = new byte[bytes.length - 1];
        System.arraycopy(bytes, 1, rest, 0, rest.length);
        return bytes[0] == 0 ? ofJava(rest) : SentEntries.read(rest, loader()).readRecord();
    }

    private static byte[] marked(int mark, byte[] bytes) {
        byte[] all = new byte[bytes.length + 1];
        all[0] = (byte) mark;
        System.arraycopy(bytes, 0, all, 1, bytes.length);
        return all;
    }

    static byte[] failure(OperatorFailure failure) throws IOException {
        SentFailure parts = SentFailure.of(failure);
        Throwable thrown = parts.thrown();
        try {
            ofJava(byJava(thrown));
        } catch (IOException | RuntimeException e) {
            thrown = standIn(thrown);
        }
        Object record = parts.record();
        try {
            byJava(record == null ? "" : record);
        } catch (IOException | RuntimeException e) {
            record = String.valueOf(record);
        }
        return byJava(new FailureBytes(
                byJava(parts.operator()),
                value(record),
                byJava(thrown),
                parts.partition(),
                parts.partitionCount(),
                value(parts.location())));
    }

    /** Says what was thrown where that cannot be sent itself. */
    private static Throwable standIn(Throwable thrown) {
        RuntimeException named = new RuntimeException(String.valueOf(thrown));
        named.setStackTrace(thrown.getStackTrace());
        return named;
    }

    static OperatorFailure failureOf(byte[] bytes) throws IOException {
        FailureBytes parts = (FailureBytes) ofJava(bytes);
        return new SentFailure(
                        (Operator) ofJava(parts.operator()),
                        valueOf(parts.record()),
                        (Throwable) ofJava(parts.thrown()),
                        parts.partition(),
                        parts.partitionCount(),
                        (@Nullable Location) valueOf(parts.location()))
                .failure();
    }

    private record FailureBytes(
            byte[] operator, byte[] record, byte[] thrown, int partition, int partitionCount, byte[] location)
            implements Serializable {}

    static Entries.Input entries(byte[] bytes) throws IOException {
        return SentEntries.read(bytes, loader());
    }

    private static final class Loading extends ObjectInputStream {

        private final ClassLoader loader = loader();

        Loading(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }
}

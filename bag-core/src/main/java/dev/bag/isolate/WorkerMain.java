package dev.bag.isolate;

import dev.bag.function.CheckedFunction;
import dev.bag.isolate.Frames.Frame;
import dev.bag.isolate.Frames.Kind;
import dev.bag.serial.SentRecords;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The program of a worker. One thread reads frames all the time, so that the process ends with the JVM of the run whatever
 * the function is at; the main thread calls the function. What the function prints goes to the error stream, because the
 * frames are in the standard output.
 */
public final class WorkerMain {

    /** What a worker ends with that has no memory left, as {@code -XX:+ExitOnOutOfMemoryError} does. */
    private static final int OUT_OF_MEMORY = 3;

    private static final int PATIENCE_MILLIS = 1_000;

    private final Frames frames;
    private final LinkedBlockingQueue<Frame> records = new LinkedBlockingQueue<>();
    private final SynchronousQueue<byte[]> classBytes = new SynchronousQueue<>();
    private final SentRecords received = SentRecords.reading();
    private final SentRecords sent = SentRecords.writing();

    private WorkerMain(Frames frames) {
        this.frames = frames;
    }

    /** Calls a function that comes through the standard input. */
    public static void main(String[] args) throws Exception {
        InputStream input = new FileInputStream(FileDescriptor.in);
        WorkerMain worker = new WorkerMain(new Frames(input, new FileOutputStream(FileDescriptor.out)));
        System.setIn(InputStream.nullInputStream());
        System.setOut(System.err);
        Thread reader = new Thread(worker::read, "bag-isolated-input");
        reader.setDaemon(true);
        reader.start();
        try {
            worker.work();
        } catch (OutOfMemoryError e) {
            Runtime.getRuntime().halt(OUT_OF_MEMORY);
        }
    }

    private void read() {
        try {
            for (Frame frame = frames.read(); frame != null; frame = frames.read()) {
                if (frame.kind() == Kind.CLASS_BYTES) {
                    classBytes.put(frame.content());
                } else {
                    records.add(frame);
                }
            }
        } catch (IOException | InterruptedException e) {
            // as at the end
        }
        end();
    }

    /** Lets shutdown hooks run, but not for long. */
    private static void end() {
        Thread impatient = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                // then at once
            }
            Runtime.getRuntime().halt(0);
        });
        impatient.setDaemon(true);
        impatient.start();
        System.exit(0);
    }

    private void work() throws Exception {
        ClassLoader loader = new ParentLoader();
        Thread.currentThread().setContextClassLoader(loader);
        CheckedFunction<Object, Object> function;
        try {
            function = SentFunction.read(records.take().content(), loader);
        } catch (Throwable e) {
            fail(e);
            return;
        }
        frames.write(Kind.READY, new byte[0]);
        while (true) {
            byte[] record = records.take().content();
            byte[] made;
            try {
                made = sent.write(function.applyChecked(Objects.requireNonNull(received.read(record, loader))));
            } catch (OutOfMemoryError e) {
                throw e;
            } catch (Throwable e) {
                fail(e);
                continue;
            }
            frames.write(Kind.RESULT, made);
        }
    }

    private void fail(Throwable thrown) throws IOException {
        byte[] failure;
        try {
            failure = sent.write(thrown);
        } catch (IOException | RuntimeException e) {
            RuntimeException instead = new RuntimeException(thrown + " (without its fields, which cannot be sent)");
            instead.setStackTrace(thrown.getStackTrace());
            failure = sent.write(instead);
        }
        frames.write(Kind.FAILURE, failure);
    }

    /** Asks the JVM of the run for classes that are not on the class path, such as those of a shell. */
    private final class ParentLoader extends ClassLoader {

        ParentLoader() {
            super(WorkerMain.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = ask(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name + ", which the JVM of the run does not find, either");
            }
            return defineClass(name, bytes, 0, bytes.length);
        }

        private byte @Nullable [] ask(String name) throws ClassNotFoundException {
            synchronized (classBytes) {
                boolean interrupted = false;
                try {
                    frames.write(Kind.CLASS_NAME, name.getBytes(StandardCharsets.UTF_8));
                    while (true) {
                        try {
                            byte[] bytes = classBytes.take();
                            return bytes.length == 0 ? null : bytes;
                        } catch (InterruptedException e) {
                            interrupted = true;
                        }
                    }
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                } finally {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        }
    }
}

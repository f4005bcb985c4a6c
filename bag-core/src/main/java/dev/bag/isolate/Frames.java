package dev.bag.isolate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Messages through a pair of streams. Any thread may write, one at a time reads. */
final class Frames {

    /** What a frame is: of those to a worker, and of those from it. */
    enum Kind {
        /** To a worker: the function. */
        FUNCTION,
        /** To a worker: the function is to be called for a record. */
        RECORD,
        /** To a worker: the bytes of a class that it has asked for; none if there is no such class. */
        CLASS_BYTES,
        /** From a worker: it has the function. */
        READY,
        /** From a worker: what the function has returned. */
        RESULT,
        /** From a worker: what the function, or making it, has thrown. */
        FAILURE,
        /** From a worker: the name of a class that it needs. */
        CLASS_NAME
    }

    /** A message. */
    record Frame(Kind kind, byte[] content) {}

    private static final Kind[] KINDS = Kind.values();
    private static final int HEADER_BYTES = 9;
    /** So that what native code prints into the middle is noticed. */
    private static final int MAGIC = 0xBA6F_1507;

    private static final int MOST_STRAY_BYTES = 1_000;

    private final DataInputStream in;
    private final OutputStream out;
    /** What was read in place of a header. */
    private byte[] stray = new byte[0];

    Frames(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /** Returns the next frame, or null at the end. */
    @Nullable Frame read() throws IOException {
        byte[] header = in.readNBytes(HEADER_BYTES);
        if (header.length == 0) {
            return null;
        }
        if (header.length < HEADER_BYTES) {
            throw new EOFException("a frame is cut");
        }
        DataInputStream fields = new DataInputStream(new ByteArrayInputStream(header));
        int magic = fields.readInt();
        int kind = fields.readByte();
        int length = fields.readInt();
        if (magic != MAGIC || kind < 0 || kind >= KINDS.length || length < 0) {
            stray = header;
            throw new IOException("it printed to its standard output past System.out, as native code or a program does"
                    + " that the function starts; let it print elsewhere");
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("a frame is cut");
        }
        return new Frame(KINDS[kind], content);
    }

    /** Returns what stands where a frame should, as far as it is there. */
    String strayText() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write(stray);
        text.write(in.readNBytes(Math.min(in.available(), MOST_STRAY_BYTES)));
        return text.toString(StandardCharsets.UTF_8).strip();
    }

    synchronized void write(Kind kind, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEADER_BYTES);
        DataOutputStream header = new DataOutputStream(bytes);
        header.writeInt(MAGIC);
        header.writeByte(kind.ordinal());
        header.writeInt(content.length);
        out.write(bytes.toByteArray());
        out.write(content);
        out.flush();
    }
}

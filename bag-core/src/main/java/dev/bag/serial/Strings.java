package dev.bag.serial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/**
 * Strings, exactly: in Latin-1 where that is enough, and otherwise char by char, half a surrogate pair included. The length
 * comes first, doubled, and one more where chars follow.
 */
final class Strings {

    private Strings() {}

    /** Encodes as if Latin-1 were enough, and looks afterwards: faster than looking first. */
    @SuppressWarnings("deprecation") // the one method that writes into an array that is there; what it loses is noticed
    static void write(RecordOutput out, String text) {
        int before = out.position();
        int length = text.length();
        out.writeVarLong(2L * length, true);
        out.reserve(length);
        int start = out.position();
        text.getBytes(0, length, out.getBuffer(), start);
        if (new String(out.getBuffer(), start, length, ISO_8859_1).equals(text)) {
            out.setPosition(start + length);
        } else {
            out.setPosition(before);
            out.writeVarLong(2L * length + 1, true);
            out.writeChars(text.toCharArray(), 0, length);
        }
    }

    static String read(Input in) {
        long header = in.readVarLong(true);
        int length = (int) (header >> 1);
        if ((header & 1) == 1) {
            return new String(in.readChars(length));
        }
        String text = new String(in.getBuffer(), in.position(), length, ISO_8859_1);
        in.setPosition(in.position() + length);
        return text;
    }

    /** The strings inside a graph of objects. */
    static final class Form extends Serializer<String> {

        @Override
        public void write(Kryo kryo, Output output, String text) {
            Strings.write((RecordOutput) output, text);
        }

        @Override
        public String read(Kryo kryo, Input input, Class<? extends String> type) {
            return Strings.read(input);
        }
    }
}

package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import dev.bag.value.Block;
import dev.bag.value.Utf8;

/** Texts of UTF-8 bytes: their length, and then the bytes as they are. */
final class Utf8Bytes {

    private Utf8Bytes() {}

    static void write(RecordOutput out, Utf8 text) {
        int length = text.length();
        out.writeVarInt(length, true);
        out.reserve(length);
        int start = out.position();
        text.copyTo(out.getBuffer(), start);
        out.setPosition(start + length);
    }

    static Utf8 read(Input in) {
        int length = in.readVarInt(true);
        int start = in.position();
        in.setPosition(start + length);
        return new Block(in.getBuffer()).utf8(start, start + length).copy();
    }

    /** The texts inside a graph of objects. */
    static final class Form extends Serializer<Utf8> {

        @Override
        public void write(Kryo kryo, Output output, Utf8 text) {
            Utf8Bytes.write((RecordOutput) output, text);
        }

        @Override
        public Utf8 read(Kryo kryo, Input input, Class<? extends Utf8> type) {
            return Utf8Bytes.read(input);
        }
    }
}

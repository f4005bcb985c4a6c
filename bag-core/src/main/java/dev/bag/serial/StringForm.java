package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/** The strings inside a graph of objects. */
final class StringForm extends Serializer<String> {

    @Override
    public void write(Kryo kryo, Output output, String text) {
        Strings.write((RecordOutput) output, text);
    }

    @Override
    public String read(Kryo kryo, Input input, Class<? extends String> type) {
        return Strings.read(input);
    }
}

package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Objects;
import java.util.function.Function;

/** A wrapper as what it wraps. */
final class WrapperForm<W, T> extends Serializer<T> {

    private final Function<W, T> wrap;

    WrapperForm(Function<W, T> wrap) {
        this.wrap = wrap;
    }

    @Override
    public void write(Kryo kryo, Output output, T wrapper) {
        ObjectGraphs graphs = ObjectGraphs.of(kryo);
        graphs.writeWhole(output, graphs.wrapped(wrapper));
    }

    @Override
    @SuppressWarnings("unchecked") // that is what was written
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        return wrap.apply((W) Objects.requireNonNull(ObjectGraphs.of(kryo).readWhole(input)[0]));
    }
}

package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An object as the parts it is made of, from which it is made again when all of them are there. */
final class ElementForm<T> extends Serializer<T> {

    private final Function<T, @Nullable Object[]> split;
    private final Function<@Nullable Object[], T> join;

    ElementForm(Function<T, @Nullable Object[]> split, Function<@Nullable Object[], T> join) {
        this.split = split;
        this.join = join;
    }

    @Override
    public void write(Kryo kryo, Output output, T object) {
        ObjectGraphs.of(kryo).writeWhole(output, split.apply(object));
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        return join.apply(ObjectGraphs.of(kryo).readWhole(input));
    }
}

package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lists of {@code List.of} and of {@code Stream.toList()}: one class, but only the latter may have nulls. */
final class ImmutableListForm extends Serializer<List<@Nullable Object>> {

    @Override
    public void write(Kryo kryo, Output output, List<@Nullable Object> list) {
        @Nullable Object[] elements = list.toArray();
        output.writeBoolean(mayHaveNulls(list, elements));
        ObjectGraphs.of(kryo).writeWhole(output, elements);
    }

    /** Copying answers a list itself if it is one that has no nulls by its nature. */
    private static boolean mayHaveNulls(List<?> list, @Nullable Object[] elements) {
        return Arrays.stream(elements).anyMatch(Objects::isNull) || List.copyOf(list) != list;
    }

    @Override
    public List<@Nullable Object> read(Kryo kryo, Input input, Class<? extends List<@Nullable Object>> type) {
        boolean mayHaveNulls = input.readBoolean();
        @Nullable Object[] elements = ObjectGraphs.of(kryo).readWhole(input);
        return mayHaveNulls ? withNulls(elements) : List.of(elements);
    }

    static List<@Nullable Object> withNulls(@Nullable Object[] elements) {
        return Arrays.stream(elements).toList();
    }
}

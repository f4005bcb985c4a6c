package dev.bag.run;

import dev.bag.kernel.RecordsPart;
import dev.bag.source.Chunk;
import dev.bag.source.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records that are at hand in this process, as parts that are sent. */
final class RecordsOf {

    private RecordsOf() {}

    static Part<?> none() {
        return new RecordsPart<>(new Object[0], 0, 0);
    }

    static Part<?> kept(Engine.KeptPart part) throws Exception {
        List<Object> records = new ArrayList<>();
        Chunk<Object> chunk = part.kept().open(part.partition());
        for (Object record = chunk.next(); record != null; record = chunk.next()) {
            records.add(record);
        }
        return new RecordsPart<>(records.toArray(), 0, records.size());
    }

    static Part<?> iterable(@Nullable Object value) {
        List<Object> records = new ArrayList<>();
        for (Object record :
                (Iterable<?>) Objects.requireNonNull(value, "the value is null, and an iterable was expected")) {
            records.add(Objects.requireNonNull(record, "the iterable has a null, and a record is never null"));
        }
        return new RecordsPart<>(records.toArray(), 0, records.size());
    }

    static IllegalArgumentException unsendable(String what, IOException e, String way) {
        return new IllegalArgumentException(
                what + " cannot be sent to a cluster: " + e + (way.isEmpty() ? "" : ", which is reached by " + way)
                        + ". Let functions refer to nothing that is not serializable, or make it inside of the function",
                e);
    }
}

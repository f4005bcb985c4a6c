package dev.bag.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.bag.function.CheckedFunction;
import dev.bag.io.json.JsonBinding;
import dev.bag.value.Utf8;

/** What Jackson makes of an object: a document of JSON on one line. */
@SuppressWarnings("serial") // writers of Jackson are serializable
record JsonDocuments(ObjectWriter writer) implements CheckedFunction<Object, Utf8> {

    /** Those that {@code mapper} makes as it is now; how it indents is left out. */
    static JsonDocuments of(ObjectMapper mapper) {
        return new JsonDocuments(JsonBinding.copyOf(mapper).writer().without(SerializationFeature.INDENT_OUTPUT));
    }

    @Override
    public Utf8 applyChecked(Object record) throws JsonProcessingException {
        if (record instanceof JsonRow) {
            throw new IllegalArgumentException("a JsonRow has the values of some fields only, and is no document:"
                    + " map it to a record or a Map before it is written");
        }
        return Utf8.of(writer.writeValueAsBytes(record));
    }
}

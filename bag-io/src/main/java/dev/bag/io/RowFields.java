package dev.bag.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bag.value.RecordFields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of rows of CSV and JSON, which tables show as columns. Found as a service. */
public final class RowFields implements RecordFields {

    /** Called by the service loader. */
    public RowFields() {}

    @Override
    public Optional<? extends Map<String, ?>> of(Object record) {
        if (record instanceof CsvRecord row) {
            return Optional.of(row.toMap());
        }
        if (record instanceof JsonRow row) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                fields.put(row.path(i), row.isMissing(i) || row.isNull(i) ? null : row.text(i));
            }
            return Optional.of(fields);
        }
        if (record instanceof ObjectNode object) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), cell(field.getValue())));
            return Optional.of(fields);
        }
        return Optional.empty();
    }

    private static @Nullable Object cell(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isNumber()) {
            return value.numberValue();
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }
}

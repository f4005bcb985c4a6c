package dev.bag.show;

import dev.bag.text.OneLine;
import dev.bag.value.Pair;
import dev.bag.value.RecordFields;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Records and the names of their fields, in the order in which fields first occur.
 *
 * @param columns the names of the columns
 * @param rows the texts of the cells, for each column one
 * @param areNumbers for each column whether there are numbers only
 * @param note what the table does not show
 */
public record Table(List<String> columns, List<List<String>> rows, List<Boolean> areNumbers, String note) {

    private static final String WHOLE = "record";

    /** The fields of a type that a library knows. */
    private static final List<RecordFields> KNOWN =
            ServiceLoader.load(RecordFields.class, RecordFields.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    /** What is shown. */
    public enum Kind {
        /** Records, each on its own. */
        RECORDS,
        /** Pairs of a key and a value. */
        ENTRIES
    }

    /**
     * Returns a table of the first {@code most} of {@code records}. The components of Java records, the entries of maps, both parts of
     * pairs and the fields that {@link RecordFields} find are columns; anything else is one column.
     */
    public static Table of(Collection<?> records, int most, Kind kind) {
        Map<String, Integer> columns = new LinkedHashMap<>();
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (Object record : records) {
            if (found.size() == most) {
                break;
            }
            Map<String, @Nullable Object> fields = kind == Kind.ENTRIES ? entry((Pair<?, ?>) record) : fields(record);
            fields.keySet().forEach(name -> columns.putIfAbsent(name, columns.size()));
            found.add(fields);
        }
        if (columns.isEmpty()) {
            columns.put(WHOLE, 0);
        }
        boolean[] areNumbers = new boolean[columns.size()];
        Arrays.fill(areNumbers, !found.isEmpty());
        List<List<String>> rows = new ArrayList<>(found.size());
        for (Map<String, @Nullable Object> fields : found) {
            List<String> row = new ArrayList<>(columns.size());
            columns.forEach((name, at) -> {
                Object cell = fields.get(name);
                areNumbers[at] &= cell == null || cell instanceof Number;
                row.add(text(cell));
            });
            rows.add(row);
        }
        List<Boolean> numbers = new ArrayList<>(areNumbers.length);
        for (boolean each : areNumbers) {
            numbers.add(each);
        }
        return new Table(List.copyOf(columns.keySet()), rows, numbers, note(rows.size(), records.size() > most));
    }

    /** Returns a table of one value: of the elements of a collection, the entries of a map, or of the value alone. */
    public static Table ofValue(@Nullable Object value, int most) {
        if (value instanceof Map<?, ?> map) {
            List<Pair<?, ?>> entries = new ArrayList<>(map.size());
            map.forEach((key, of) -> entries.add(new Pair<>(key, of)));
            return of(entries, most, Kind.ENTRIES);
        }
        Collection<?> all = value instanceof Collection<?> several ? several : Collections.singletonList(value);
        return of(all, most, Kind.RECORDS);
    }

    private static String note(int count, boolean hasMore) {
        String rows = count == 1 ? "1 row" : count + " rows";
        return hasMore ? "the first " + rows + ", there are more" : rows;
    }

    /** A key, and a value or its fields. */
    private static Map<String, @Nullable Object> entry(Pair<?, ?> pair) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("key", pair.first());
        Map<String, @Nullable Object> ofValue = fields(pair.second());
        if (ofValue.size() == 1 && ofValue.containsKey(WHOLE)) {
            fields.put("value", pair.second());
        } else {
            ofValue.forEach((name, cell) -> fields.put(name.equals("key") ? "value.key" : name, cell));
        }
        return fields;
    }

    private static Map<String, @Nullable Object> fields(@Nullable Object record) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (record instanceof Map<?, ?> map) {
            map.forEach((name, cell) -> fields.put(String.valueOf(name), cell));
            return fields;
        }
        if (record instanceof Record of && !addComponents(of, fields)) {
            fields.clear();
        }
        if (fields.isEmpty() && record != null) {
            for (RecordFields known : KNOWN) {
                Optional<? extends Map<String, ?>> found = known.of(record);
                if (found.isPresent()) {
                    fields.putAll(found.get());
                    return fields;
                }
            }
        }
        if (fields.isEmpty()) {
            fields.put(WHOLE, record);
        }
        return fields;
    }

    /** Adds what the accessors return; false if one must not be called from here. */
    private static boolean addComponents(Record record, Map<String, @Nullable Object> fields) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                component.getAccessor().trySetAccessible();
                fields.put(component.getName(), component.getAccessor().invoke(record));
            } catch (IllegalAccessException | InvocationTargetException e) {
                return false;
            }
        }
        return true;
    }

    private static String text(@Nullable Object cell) {
        if (cell instanceof Optional<?> optional) {
            return optional.isPresent() ? text(optional.get()) : "";
        }
        if (cell instanceof Object[] array) {
            return Arrays.deepToString(array);
        }
        if (cell instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        return cell == null ? "" : OneLine.of(Objects.toString(cell));
    }
}

package dev.bag.io.csv;

import static java.util.Objects.requireNonNull;

import dev.bag.io.write.RecordFormat;
import dev.bag.io.write.TextBuffer;
import dev.bag.io.write.TextEncoder;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of records: of those whose values have names, and of lists. The columns are those that were chosen, or else those
 * of the first record; then all others must have the same.
 */
final class CsvEncoder implements RecordFormat.Encoder {

    private final CsvLayout layout;
    private final TextEncoder encoder;
    private final RowWriter row;

    /** The names of the columns; null where only their number is known. */
    private @Nullable List<String> names;

    private int columnCount;

    /** The header of the last record that had one, and where it has each column. */
    private @Nullable Header header;

    private int[] indexes = {};

    /** What returns the value in each column, by class. */
    private final Map<Class<?>, MethodHandle[]> getters = new HashMap<>();

    CsvEncoder(CsvLayout layout) {
        this.layout = layout;
        this.encoder = TextEncoder.of(layout.charset());
        this.row = layout.style().newWriter();
        this.names = layout.names();
        this.columnCount = names == null ? -1 : names.size();
    }

    @Override
    public byte[] beginning(Object first) {
        if (names == null) {
            names = namesOf(first);
        }
        List<String> known = names;
        columnCount = known == null ? sizeOf(first) : known.size();
        if (known == null && layout.hasHeader()) {
            throw new IllegalArgumentException("the columns have no names, because the record "
                    + (first instanceof Cells ? "was read without a header" : "is a list")
                    + ". Name them with writeOptions().header(...), or leave the header out with noHeader().");
        }
        if (columnCount == 0) {
            throw new IllegalArgumentException("the record has no values, and an empty line is not read back.");
        }
        return layout.beginning(known);
    }

    @Override
    public String layout() {
        return names == null ? columnCount + " columns" : "the columns " + CsvBinding.listed(names);
    }

    private static @Nullable List<String> namesOf(Object record) {
        if (record instanceof Cells csv) {
            return csv.header().isNamed() ? csv.header().names() : null;
        }
        if (record instanceof Map<?, ?>) {
            throw new IllegalArgumentException("the record is a map, which may have other keys than the next one."
                    + " Name the columns with writeOptions().header(...).");
        }
        return record.getClass().isRecord() ? CsvValues.names(record.getClass()) : null;
    }

    private static int sizeOf(Object record) {
        if (record instanceof Cells csv) {
            return csv.count();
        }
        return listOf(record).size();
    }

    private static List<?> listOf(Object record) {
        if (record instanceof List<?> list) {
            return list;
        }
        if (record instanceof Object[] array) {
            return Arrays.asList(array);
        }
        throw new IllegalArgumentException("the record is " + kind(record)
                + ", of which no columns are known. Make it an object of a record class, a list or a map first.");
    }

    private static String kind(Object record) {
        return record instanceof List<?> || record instanceof Object[]
                ? "a list"
                : "a " + record.getClass().getName();
    }

    @Override
    public void write(Object record, TextBuffer out) throws IOException {
        row.begin();
        if (record instanceof Cells csv) {
            addAll(csv);
        } else if (record instanceof Map<?, ?> map) {
            addAll(map);
        } else if (record.getClass().isRecord()) {
            addAll(record);
        } else {
            addAll(listOf(record));
        }
        int length = encoder.encode(row.end());
        out.put(encoder.bytes(), 0, length);
    }

    private void addAll(Cells csv) {
        if (names == null || !csv.header().isNamed()) {
            checkCount(csv.count());
            for (int i = 0; i < columnCount; i++) {
                row.add(csv.value(i));
            }
            return;
        }
        if (csv.header() != header) {
            indexes = indexes(csv.header());
            header = csv.header();
        }
        if (layout.names() == null && csv.count() != columnCount) {
            checkCount(csv.count());
        }
        for (int index : indexes) {
            row.add(index < csv.count() ? csv.value(index) : ""); // as CsvRecord.get(String) does
        }
    }

    private int[] indexes(Header of) {
        List<String> wanted = requireNonNull(names);
        if (layout.names() == null) {
            checkSame(of.names());
        }
        int[] found = new int[wanted.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = of.indexOf(wanted.get(i));
            if (found[i] < 0) {
                throw missing(wanted.get(i), of.names());
            }
        }
        return found;
    }

    private void addAll(Map<?, ?> map) {
        if (layout.names() == null) {
            namesOf(map);
        }
        for (String name : requireNonNull(names)) {
            row.add(CsvValues.text(name, map.get(name)));
        }
    }

    private void addAll(Object record) {
        if (names == null) {
            throw new IllegalArgumentException(
                    "the record is " + kind(record) + ", but the first one was a list. " + RecordFormat.NAME_COLUMNS);
        }
        MethodHandle[] own = getters.get(record.getClass());
        if (own == null) {
            own = getters(record.getClass());
            getters.put(record.getClass(), own);
        }
        for (int i = 0; i < own.length; i++) {
            row.add(CsvValues.text(names.get(i), CsvValues.get(own[i], record)));
        }
    }

    private MethodHandle[] getters(Class<?> type) {
        List<String> wanted = requireNonNull(names);
        List<String> all = CsvValues.names(type);
        if (layout.names() == null) {
            checkSame(all);
        }
        MethodHandle[] found = new MethodHandle[wanted.size()];
        for (int i = 0; i < found.length; i++) {
            if (!all.contains(wanted.get(i))) {
                throw missing(wanted.get(i), all);
            }
            found[i] = CsvValues.getter(type, wanted.get(i));
        }
        return found;
    }

    private void addAll(List<?> list) {
        checkCount(list.size());
        for (int i = 0; i < columnCount; i++) {
            row.add(CsvValues.text(names == null ? String.valueOf(i) : names.get(i), list.get(i)));
        }
    }

    private void checkCount(int count) {
        if (count != columnCount) {
            throw new IllegalArgumentException("the record has " + count + " values, but there are " + columnCount
                    + " columns. Give each record a value for each column; null is one.");
        }
    }

    private void checkSame(List<String> others) {
        List<String> known = requireNonNull(names);
        if (!others.equals(known)) {
            throw new IllegalArgumentException("the record has the columns " + CsvBinding.listed(others)
                    + ", but the first one had " + CsvBinding.listed(known) + ". " + RecordFormat.NAME_COLUMNS);
        }
    }

    private static IllegalArgumentException missing(String name, List<String> all) {
        return new IllegalArgumentException("the record has no column \"" + name + "\": its columns are "
                + CsvBinding.listed(all) + ". Make it one with map(...), or leave it out of header(...).");
    }
}

package dev.bag.io.csv;

import dev.bag.io.write.RecordFormat;
import dev.bag.io.write.TextEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How records become rows of files.
 *
 * @param hasHeader whether the first row of each file is the names of the columns
 * @param names of the columns; null if the records say that
 */
public record CsvLayout(
        String charset,
        RowStyle style,
        boolean hasHeader,
        @Nullable List<String> names) implements RecordFormat {

    public static final CsvLayout DEFAULT = new CsvLayout("UTF-8", RowStyle.DEFAULT, true, null);

    public CsvLayout {
        TextEncoder.check(Charset.forName(charset));
        String characters = style.dialect().separator() + "" + style.dialect().quote() + style.end() + style.nullText();
        if (!Charset.forName(charset).newEncoder().canEncode(characters)) {
            throw new IllegalArgumentException(
                    "charset(" + charset + "): the charset lacks the delimiter, the quote, or what stands for null");
        }
        if (names != null) {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("header(): at least one name is needed, or noHeader()");
            }
            Header.duplicate(names.toArray(String[]::new)).ifPresent(name -> {
                throw new IllegalArgumentException("header(...): the name \"" + name + "\" occurs twice");
            });
        }
    }

    public CsvLayout with(RowStyle other) {
        return new CsvLayout(charset, other, hasHeader, names);
    }

    public CsvLayout withCharset(Charset other) {
        return new CsvLayout(other.name(), style, hasHeader, names);
    }

    public CsvLayout withHeader(List<String> others) {
        return new CsvLayout(charset, style, true, others);
    }

    public CsvLayout withoutHeader() {
        return new CsvLayout(charset, style, false, names);
    }

    @Override
    public byte[] beginningWithoutRecords() {
        return beginning(names);
    }

    /** Returns what a file begins with whose columns have such names; null if they have none. */
    byte[] beginning(@Nullable List<String> columns) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(TextEncoder.beginning(charset));
        if (hasHeader && columns != null) {
            RowWriter row = style.newWriter();
            columns.forEach(row::add);
            bytes.writeBytes(TextEncoder.of(charset).bytesOf(row.end()));
        }
        return bytes.toByteArray();
    }

    @Override
    public boolean beginsAlike() {
        return hasHeader;
    }

    @Override
    public Encoder newEncoder() {
        return new CsvEncoder(this);
    }
}

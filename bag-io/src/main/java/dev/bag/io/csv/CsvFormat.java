package dev.bag.io.csv;

import dev.bag.io.parts.TextFormat;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How characters are records.
 *
 * @param hasHeader whether the first record of each file is the names of its columns
 * @param names the names of the columns of files without such a record; null if they have no names
 * @param ragged whether records may have more or fewer values than there are columns
 * @param mostCharacters the longest record
 */
public record CsvFormat(
        Dialect dialect, boolean hasHeader, @Nullable List<String> names, boolean ragged, int mostCharacters)
        implements Serializable {

    public static final CsvFormat DEFAULT =
            new CsvFormat(Dialect.DEFAULT, true, null, false, TextFormat.DEFAULT.maxLineBytes() / 4);

    /** The longest record that any option can allow: a longer array cannot be made. */
    private static final int LONGEST_RECORD = (1 << 30) - 1024;

    public CsvFormat {
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

    public CsvFormat with(Dialect other) {
        return new CsvFormat(other, hasHeader, names, ragged, mostCharacters);
    }

    public CsvFormat withoutHeader(@Nullable List<String> otherNames) {
        return new CsvFormat(dialect, false, otherNames, ragged, mostCharacters);
    }

    public CsvFormat withRaggedRecords() {
        return new CsvFormat(dialect, hasHeader, names, true, mostCharacters);
    }

    public CsvFormat withMostCharacters(long count) {
        if (count < 1 || count > LONGEST_RECORD) {
            throw new IllegalArgumentException(
                    "maxRecordLength(" + count + "): must be from 1 to " + LONGEST_RECORD + " characters");
        }
        return new CsvFormat(dialect, hasHeader, names, ragged, (int) count);
    }
}

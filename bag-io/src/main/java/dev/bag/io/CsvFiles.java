package dev.bag.io;

import dev.bag.Bag;
import java.net.URI;
import java.nio.file.Path;

/**
 * Bags of the records of CSV files: values with commas between them, as in RFC 4180.
 *
 * <pre>{@code
 * record Sale(LocalDate day, String item, int count, Optional<BigDecimal> discount) {}
 *
 * Bag<Sale> sales = CsvFiles.read(Sale.class, "sales/*.csv.gz");
 * double total = CsvFiles.read("sales/*.csv.gz").sum(sale -> sale.doubleValue("amount")).compute();
 * }</pre>
 *
 * <p>The first record of each file is the names of its columns; each file has its own. A value in double quotes may have
 * commas, line ends and, each twice, double quotes. Lines that are empty are left out, and so is a byte order mark. All of
 * this and more is changed by {@link #options()}. Names, charsets and compressed files are those of {@link TextFiles}.
 *
 * <p><b>Lazy.</b> Calling {@code read} lists files with their sizes and reads none of them. Each action reads the files
 * anew; a file that has another size by then is an error.
 *
 * <p><b>Partitions</b> depend on names and sizes only. Because a value in quotes may have line ends, where a record begins
 * is not known before all that precedes it has been looked at: so a file is one partition, whatever its size, and small
 * files that follow each other are grouped. All threads work on the records of one file all the same: one looks for where
 * they end, the others parse them. With {@link CsvReadOptions#multiline multiline(false)} a large file that is not
 * compressed is cut into blocks at line ends. Holds a few blocks of 120,000 characters for each thread, or records if those
 * are longer.
 *
 * <p><b>Errors.</b> A record with more or fewer values than there are columns, a quote that does not end, characters behind
 * a closing quote, and two columns of one name fail the run with a {@link dev.bag.BagException} that names the file and the
 * line in which the record begins.
 */
public final class CsvFiles {

    private CsvFiles() {}

    /**
     * Returns a bag of the records of CSV files.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param pathsOrPatterns at least one path, pattern or URI, as in {@link TextFiles}
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<CsvRecord> read(String... pathsOrPatterns) {
        return options().read(pathsOrPatterns);
    }

    /**
     * Returns a bag of the records of CSV files.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param paths at least one file, directory or pattern, of any file system
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<CsvRecord> read(Path... paths) {
        return options().read(paths);
    }

    /**
     * Returns a bag of the records of CSV files.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name
     */
    public static Bag<CsvRecord> read(URI... uris) {
        return options().read(uris);
    }

    /**
     * Returns a bag of objects of a record class. Each component is the value in the column of its name. Columns for
     * which there is no component are left out; a component without a column is an error.
     *
     * <p>A component is a {@code String}, a number (also {@code BigDecimal} and {@code BigInteger}), a {@code boolean}
     * ({@code true} or {@code false}), a {@code char}, the constant of an enum, a {@code LocalDate} or {@code LocalDateTime} as
     * in ISO 8601, or an {@link java.util.Optional} of one of these. White space around numbers, dates and constants is
     * left out. An empty cell is the empty string, an empty {@code Optional}, or null where the component is a class such as
     * {@code Integer}; for all others it is an error.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param type a record class; in a module its package must be open to {@code dev.bag.io}
     * @param pathsOrPatterns at least one path, pattern or URI, as in {@link TextFiles}
     * @throws IllegalArgumentException if there is no file for a name, or a component cannot be made of text
     */
    public static <R> Bag<R> read(Class<R> type, String... pathsOrPatterns) {
        return options().read(type, pathsOrPatterns);
    }

    /**
     * Returns a bag of objects of a record class, as {@link #read(Class, String...)} does.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param type a record class
     * @param paths at least one file, directory or pattern, of any file system
     * @throws IllegalArgumentException if there is no file for a name, or a component cannot be made of text
     */
    public static <R> Bag<R> read(Class<R> type, Path... paths) {
        return options().read(type, paths);
    }

    /**
     * Returns a bag of objects of a record class, as {@link #read(Class, String...)} does.
     *
     * <p><b>Lazy.</b> Partitions depend on names and sizes; see above.
     *
     * @param type a record class
     * @param uris at least one file, directory or pattern
     * @throws IllegalArgumentException if there is no file for a name, or a component cannot be made of text
     */
    public static <R> Bag<R> read(Class<R> type, URI... uris) {
        return options().read(type, uris);
    }

    /** Returns the default options, to be changed: characters, header, charset, compression, partitions, limits. */
    public static CsvReadOptions options() {
        return CsvReadOptions.DEFAULT;
    }
}

package dev.bag.io;

import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.Runner;
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
 *
 * <p>{@link #write} is the way back: a row for each record.
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

    /**
     * Writes the records of a bag as rows of CSV files, as {@link TextFiles#write(Bag, String)} writes text: the same targets,
     * compression, partitions and promises; in a folder the files are called {@code part-*.csv}. <b>Runs the plan.</b>
     *
     * <pre>{@code
     * record Sale(LocalDate day, String item, int count, Optional<BigDecimal> discount) {}
     *
     * CsvFiles.write(sales, "out/sales-*.csv.gz");
     * }</pre>
     *
     * <p><b>Records</b> are objects of a record class, whose components are the columns; {@link CsvRecord}s, which keep their
     * columns; lists, arrays or maps. Lists have no names, and maps no order, so for them {@link CsvWriteOptions#header}
     * names the columns; {@link CsvWriteOptions#noHeader} leaves the names out. All records
     * of an output must have the same columns in the same order, unless {@code header} chooses them.
     *
     * <p><b>Each file begins with the names of the columns</b>, also one without records. If there are no records at all, they are
     * known from {@code header} only, and without that the files are empty.
     *
     * <p><b>Values</b> are those that {@link #read(Class, String...)} makes of text, and read back equal: text, numbers,
     * {@code boolean}, {@code char}, enums, dates and times, and {@code Optional}s of these. {@code UUID}, {@code URI} and {@code Path}
     * are written, too. An empty text, an empty {@code Optional} and null are all an empty cell, unless {@link
     * CsvWriteOptions#nullText} says otherwise. A value is in quotes if it has a delimiter, a quote or a line end, or begins or
     * ends with white space, or begins with {@code #} or a byte order mark. Numbers and dates are written as their {@code
     * toString} says, whatever the locale.
     *
     * @param bag of objects of a record class, {@link CsvRecord}, lists, arrays or maps
     * @param target a file, a folder, or a pattern with one {@code *}
     * @return what was written; rows with names are not counted
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws dev.bag.BagException if anything fails, such as a record with other columns; then nothing was written
     */
    public static Written write(Bag<?> bag, String target) {
        return writeOptions().write(bag, target);
    }

    /**
     * Writes the records of a bag as rows of CSV files, as {@link #write(Bag, String)} does. <b>Runs the plan.</b>
     *
     * @param bag of objects of a record class, {@link CsvRecord}, lists, arrays or maps
     * @param target a file, a folder, or a pattern with one {@code *}
     * @param runner where the plan runs
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws dev.bag.BagException if anything fails; then nothing was written
     */
    public static Written write(Bag<?> bag, String target, Runner runner) {
        return writeOptions().write(bag, target, runner);
    }

    /**
     * Writes the records of a bag as rows of CSV files, as {@link #write(Bag, String)} does. <b>Runs the plan.</b>
     *
     * @param bag of objects of a record class, {@link CsvRecord}, lists, arrays or maps
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws dev.bag.BagException if anything fails; then nothing was written
     */
    public static Written write(Bag<?> bag, Path target) {
        return writeOptions().write(bag, target);
    }

    /**
     * Writes the records of a bag as rows of CSV files, as {@link #write(Bag, String)} does. <b>Runs the plan.</b>
     *
     * @param bag of objects of a record class, {@link CsvRecord}, lists, arrays or maps
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @param runner where the plan runs
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws dev.bag.BagException if anything fails; then nothing was written
     */
    public static Written write(Bag<?> bag, Path target, Runner runner) {
        return writeOptions().write(bag, target, runner);
    }

    /**
     * Returns a delayed value that writes the records of a bag as rows of CSV files, as {@link #write(Bag, String)} does.
     * <b>Lazy.</b> Computed together with others, it shares their passes; see {@link TextFiles#writeLater(Bag, String)}.
     *
     * @param bag of objects of a record class, {@link CsvRecord}, lists, arrays or maps
     * @param target a file, a folder, or a pattern with one {@code *}
     * @throws IllegalArgumentException if nothing can be written to such a name
     */
    public static Delayed<Written> writeLater(Bag<?> bag, String target) {
        return writeOptions().writeLater(bag, target);
    }

    /**
     * Returns a delayed value that writes the records of a bag as rows of CSV files, as {@link #write(Bag, String)} does.
     * <b>Lazy.</b>
     *
     * @param bag of objects of a record class, {@link CsvRecord}, lists, arrays or maps
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @throws IllegalArgumentException if nothing can be written to such a name
     */
    public static Delayed<Written> writeLater(Bag<?> bag, Path target) {
        return writeOptions().writeLater(bag, target);
    }

    /** Returns the default options for writing, to be changed: characters, header, charset, compression level, overwriting. */
    public static CsvWriteOptions writeOptions() {
        return CsvWriteOptions.DEFAULT;
    }

    /** Returns the default options, to be changed: characters, header, charset, compression, partitions, limits. */
    public static CsvReadOptions options() {
        return CsvReadOptions.DEFAULT;
    }
}

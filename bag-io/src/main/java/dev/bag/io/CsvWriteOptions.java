package dev.bag.io;

import static java.util.Objects.requireNonNull;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Delayed;
import dev.bag.Runner;
import dev.bag.io.csv.CsvLayout;
import dev.bag.io.csv.Dialect;
import dev.bag.io.write.RecordFormat;
import dev.bag.io.write.Target;
import dev.bag.io.write.TextBuffer;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/**
 * How CSV files are written. Immutable: each method returns other options and leaves these as they are. Options that cannot
 * be are refused at once, with an {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * CsvFiles.writeOptions().delimiter(';').header("name", "age").overwrite().write(people, "out/people-*.csv.gz");
 * }</pre>
 */
public final class CsvWriteOptions {

    static final CsvWriteOptions DEFAULT = new CsvWriteOptions(CsvLayout.DEFAULT, FileWriting.DEFAULT);

    /** Of the files in a folder. */
    private static final String NAME = "part-*.csv";

    private final CsvLayout layout;
    private final FileWriting files;

    private CsvWriteOptions(CsvLayout layout, FileWriting files) {
        this.layout = layout;
        this.files = files;
    }

    private RecordFormat format() {
        return new OfRecords(layout);
    }

    /** Rows of records, those that were read from CSV files among them. */
    private record OfRecords(CsvLayout layout) implements RecordFormat {

        @Override
        public Encoder newEncoder() {
            return new RecordEncoder(layout.newEncoder());
        }

        @Override
        public byte[] beginningWithoutRecords() {
            return layout.beginningWithoutRecords();
        }

        @Override
        public boolean beginsAlike() {
            return layout.beginsAlike();
        }
    }

    private record RecordEncoder(RecordFormat.Encoder rows) implements RecordFormat.Encoder {

        private static Object row(Object record) {
            return record instanceof CsvRecord csv ? csv.cells() : record;
        }

        @Override
        public byte[] beginning(Object first) {
            return rows.beginning(row(first));
        }

        @Override
        public String layout() {
            return rows.layout();
        }

        @Override
        public void write(Object record, TextBuffer out) throws IOException {
            rows.write(row(record), out);
        }
    }

    private CsvWriteOptions with(CsvLayout other) {
        return new CsvWriteOptions(other, files);
    }

    private CsvWriteOptions with(Dialect other) {
        return with(layout.with(layout.style().with(other)));
    }

    /**
     * Sets the character between two values; a comma by default.
     *
     * @param delimiter such as {@code ';'} or {@code '\t'}
     */
    public CsvWriteOptions delimiter(char delimiter) {
        return with(layout.style().dialect().withSeparator(delimiter));
    }

    /**
     * Sets the character around values that need it; a double quote by default. In such a value it stands twice.
     *
     * @param quote such as {@code '\''}
     */
    public CsvWriteOptions quote(char quote) {
        return with(layout.style().dialect().withQuote(quote));
    }

    /** Puts all values in quotes, and not only those that need them; null is left without. */
    public CsvWriteOptions quoteAll() {
        return with(layout.with(layout.style().withAllQuoted()));
    }

    /** Ends rows with a carriage return and a line feed, as RFC 4180 has it; by default with a line feed. */
    public CsvWriteOptions crlf() {
        return with(layout.with(layout.style().withEnd("\r\n")));
    }

    /**
     * Sets what stands for a value that is null or an empty {@code Optional}; nothing by default, which is what the empty text
     * is, too. A text that is the same as this is put in quotes.
     *
     * @param nullText such as {@code "NULL"} or {@code "\\N"}; must not need quotes
     */
    public CsvWriteOptions nullText(String nullText) {
        return with(layout.with(layout.style().withNullText(requireNonNull(nullText, "nullText"))));
    }

    /**
     * Names the columns. Of records whose values have names, these are written, in this order, and no others. A record without
     * such a column is an error; a map without such a key has null there. For lists these are the names of their
     * elements.
     *
     * @param names of all columns, each another one
     */
    public CsvWriteOptions header(String... names) {
        return with(layout.withHeader(List.of(names)));
    }

    /** Leaves out the row with the names of the columns. Called after {@link #header}, the same columns are written. */
    public CsvWriteOptions noHeader() {
        return with(layout.withoutHeader());
    }

    /**
     * Sets the charset; UTF-8 by default. A record with a character that it does not have is an error. UTF-16 and
     * UTF-32 write a byte order mark where a file begins; UTF-16BE, UTF-16LE and all others do not.
     *
     * @param charset the charset of all files
     */
    public CsvWriteOptions charset(Charset charset) {
        return with(layout.withCharset(charset));
    }

    /**
     * Replaces an earlier output, instead of an error, as {@link TextWriteOptions#overwrite()} does.
     */
    public CsvWriteOptions overwrite() {
        return new CsvWriteOptions(layout, files.overwriting());
    }

    /**
     * Keeps each partition that is finished if the run fails or its process is killed, so that the next run computes only those that
     * are missing, as {@link TextWriteOptions#resume(String)} does, which says what must be the same for that.
     *
     * @param version stands for the functions of the plan, which cannot be compared, such as {@code "v3"}
     */
    public CsvWriteOptions resume(String version) {
        return new CsvWriteOptions(layout, files.resuming(version));
    }

    /**
     * Sets how hard the compression tries, as {@link TextWriteOptions#compressionLevel(int)} does.
     *
     * @param compressionLevel as the format of the file means it; checked when that is known
     */
    public CsvWriteOptions compressionLevel(int compressionLevel) {
        return new CsvWriteOptions(layout, files.withLevel(compressionLevel));
    }

    /**
     * Writes the records of a bag, as {@link CsvFiles#write(Bag, String)} does, with these options. <b>Runs the plan.</b>
     *
     * @param bag of rows
     * @param target a file, a folder, or a pattern with one {@code *}
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws BagException if anything fails; then nothing was written
     */
    public Written write(Bag<?> bag, String target) {
        return files.write(bag, Target.of(target, NAME), format());
    }

    /**
     * Writes the records of a bag, as {@link #write(Bag, String)} does.
     *
     * @param bag of rows
     * @param target a file, a folder, or a pattern with one {@code *}
     * @param runner where the plan runs
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws BagException if anything fails; then nothing was written
     */
    public Written write(Bag<?> bag, String target, Runner runner) {
        return files.write(bag, Target.of(target, NAME), format(), runner);
    }

    /**
     * Writes the records of a bag, as {@link #write(Bag, String)} does.
     *
     * @param bag of rows
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws BagException if anything fails; then nothing was written
     */
    public Written write(Bag<?> bag, Path target) {
        return files.write(bag, Target.of(target, NAME), format());
    }

    /**
     * Writes the records of a bag, as {@link #write(Bag, String)} does.
     *
     * @param bag of rows
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @param runner where the plan runs
     * @return what was written
     * @throws IllegalArgumentException if nothing can be written to such a name
     * @throws BagException if anything fails; then nothing was written
     */
    public Written write(Bag<?> bag, Path target, Runner runner) {
        return files.write(bag, Target.of(target, NAME), format(), runner);
    }

    /**
     * Returns a delayed value that writes the records of a bag, as {@link CsvFiles#writeLater(Bag, String)} does, with these
     * options. <b>Lazy.</b>
     *
     * @param bag of rows
     * @param target a file, a folder, or a pattern with one {@code *}
     * @throws IllegalArgumentException if nothing can be written to such a name
     */
    public Delayed<Written> writeLater(Bag<?> bag, String target) {
        return files.writeLater(bag, Target.of(target, NAME), format());
    }

    /**
     * Returns a delayed value that writes the records of a bag, as {@link #writeLater(Bag, String)} does. <b>Lazy.</b>
     *
     * @param bag of rows
     * @param target a file, a folder, or a pattern with one {@code *}, of any file system
     * @throws IllegalArgumentException if nothing can be written to such a name
     */
    public Delayed<Written> writeLater(Bag<?> bag, Path target) {
        return files.writeLater(bag, Target.of(target, NAME), format());
    }
}

package dev.bag.examples;

import dev.bag.io.FileContent;
import dev.bag.io.WholeFiles;
import dev.bag.value.ErrorPolicy;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.sax.BodyContentHandler;

/**
 * The most frequent words of PDFs, whose text Apache Tika finds. Documents that it cannot read are left out, a hundred at the
 * most.
 *
 * <p>Arguments: files, directories or patterns.
 */
public final class PdfTexts {

    private static final Pattern NO_LETTERS = Pattern.compile("\\P{L}+");
    private static final int MOST_LEFT_OUT = 100;
    private static final int ALL_CHARACTERS = -1;

    private static final Usage USAGE = new Usage("""
            Usage: java -cp … dev.bag.examples.PdfTexts FILE ...

            Prints the ten most frequent words of PDFs, each with how often it is there.

            FILE is a file, a directory or a pattern such as 'papers/*.pdf'.
            """);

    private PdfTexts() {}

    public static void main(String... arguments) {
        WholeFiles.read(USAGE.someNamesOrExit(arguments))
                .map(PdfTexts::text)
                .onError(ErrorPolicy.skip(MOST_LEFT_OUT))
                .flatMapStream(text -> NO_LETTERS.splitAsStream(text.toLowerCase(Locale.ROOT)))
                .filterNot(String::isEmpty)
                .frequencies()
                .topByValue(10)
                .compute()
                .forEach(count -> System.out.println(count.second() + " " + count.first()));
    }

    private static String text(FileContent document) throws Exception {
        BodyContentHandler text = new BodyContentHandler(ALL_CHARACTERS);
        try (InputStream bytes = new ByteArrayInputStream(document.bytes())) {
            new PDFParser().parse(bytes, text, new Metadata(), new ParseContext());
        }
        return text.toString();
    }
}

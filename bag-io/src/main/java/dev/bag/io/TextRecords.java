package dev.bag.io;

import dev.bag.io.format.Encoding;
import dev.bag.io.format.LineCursor;
import dev.bag.io.format.MalformedBytes;
import dev.bag.io.format.RecordMaker;
import dev.bag.io.format.RecordMaker.BadRecord;
import org.jspecify.annotations.Nullable;

/** Lines as strings. */
final class TextRecords implements RecordMaker<String> {

    private static final String REMEDY = "Read it with the right charset(...), or with malformed(Malformed.REPLACE) or"
            + " malformed(Malformed.SKIP).";

    private final Encoding encoding;
    private final Malformed malformed;

    TextRecords(Encoding encoding, Malformed malformed) {
        this.encoding = encoding;
        this.malformed = malformed;
    }

    @Override
    public @Nullable String make(LineCursor line) throws BadRecord {
        if (line.isAscii()) {
            return line.ascii();
        }
        String text = encoding.decode(line.bytes(), line.from(), line.to());
        if (text.indexOf(MalformedBytes.REPLACEMENT) < 0 || malformed == Malformed.REPLACE) {
            return text;
        }
        return make(text, MalformedBytes.find(line.bytes(), line.from(), line.to(), encoding));
    }

    @Override
    public @Nullable String make(String text, @Nullable MalformedBytes wrong) throws BadRecord {
        if (wrong == null || malformed == Malformed.REPLACE) {
            return text;
        }
        if (malformed == Malformed.SKIP) {
            return null;
        }
        throw new BadRecord(wrong.offset(), wrong.text(), REMEDY);
    }
}

package dev.bag.io.format;

import dev.bag.io.format.MalformedBytes.Treatment;
import dev.bag.io.format.RecordMaker.BadRecord;
import org.jspecify.annotations.Nullable;

/** Lines as strings. */
public final class TextRecords implements RecordMaker<String> {

    private static final String REMEDY = "Read it with the right charset(...), or with malformed(Malformed.REPLACE) or"
            + " malformed(Malformed.SKIP).";

    private final Encoding encoding;
    private final Treatment malformed;

    public TextRecords(Encoding encoding, Treatment malformed) {
        this.encoding = encoding;
        this.malformed = malformed;
    }

    @Override
    public @Nullable String make(LineCursor line) throws BadRecord {
        if (line.isAscii()) {
            return line.ascii();
        }
        String text = encoding.decode(line.bytes(), line.from(), line.to());
        if (text.indexOf(MalformedBytes.REPLACEMENT) < 0 || malformed == Treatment.REPLACE) {
            return text;
        }
        return make(text, MalformedBytes.find(line.bytes(), line.from(), line.to(), encoding));
    }

    @Override
    public boolean makesAll(LineCursor rest) {
        return rest.isAscii()
                || malformed == Treatment.REPLACE
                || MalformedBytes.find(rest.bytes(), rest.next(), rest.limit(), encoding) == null;
    }

    @Override
    public @Nullable String make(String text, @Nullable MalformedBytes wrong) throws BadRecord {
        if (wrong == null || malformed == Treatment.REPLACE) {
            return text;
        }
        if (malformed == Treatment.SKIP) {
            return null;
        }
        throw new BadRecord(wrong.offset(), wrong.text(), REMEDY);
    }
}

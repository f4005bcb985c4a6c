package dev.bag.io.format;

import dev.bag.io.format.MalformedBytes.Treatment;
import dev.bag.value.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Lines as views of the bytes that were read, where these are UTF-8. Other lines are decoded, and encoded again; bytes that
 * are not of the charset are treated as in strings.
 */
public final class Utf8Records implements RecordMaker<Utf8> {

    private final boolean isUtf8;
    private final TextRecords strings;

    public Utf8Records(Encoding encoding, Treatment malformed) {
        this.isUtf8 = encoding.isUtf8();
        this.strings = new TextRecords(encoding, malformed);
    }

    @Override
    public boolean makesViews() {
        return true;
    }

    @Override
    public @Nullable Utf8 make(LineCursor line) throws BadRecord {
        if (line.isAscii() || (isUtf8 && Utf8.malformedAt(line.bytes(), line.from(), line.to()) < 0)) {
            return line.block().utf8(line.from(), line.to());
        }
        return encoded(strings.make(line));
    }

    @Override
    public boolean makesAll(LineCursor rest) {
        return rest.isAscii() || (isUtf8 && Utf8.malformedAt(rest.bytes(), rest.next(), rest.limit()) < 0);
    }

    @Override
    public @Nullable Utf8 make(String text, @Nullable MalformedBytes wrong) throws BadRecord {
        return encoded(strings.make(text, wrong));
    }

    /** A charset may have halves of surrogate pairs, which UTF-8 has not: they become U+FFFD. */
    private static @Nullable Utf8 encoded(@Nullable String text) {
        return text == null ? null : Utf8.of(MalformedBytes.withoutHalves(text));
    }
}

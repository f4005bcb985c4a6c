package dev.bag.io.codec;

import static dev.bag.io.file.Numbers.grouped;

import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.io.file.Numbers;
import dev.bag.source.SourceException;
import org.jspecify.annotations.Nullable;

/** The texts of errors in compressed files, the same for every codec. */
public final class Corruption {

    private Corruption() {}

    private static String ofAll(InputFile file, long offset) {
        return grouped(offset) + (file.sizeIsKnown() ? " of " + grouped(file.byteCount()) : "");
    }

    /** The file ends before the compressed data do. */
    static SourceException cut(InputFile file, String codec, String where, @Nullable Throwable cause) {
        if (!file.sizeIsKnown()) {
            return file.broken("the " + codec + " stream ends " + where + ". What was written is cut short.", cause);
        }
        long size = file.byteCount();
        return file.brokenAt(
                size,
                "the " + codec + " stream ends " + where + ", at byte " + grouped(size) + " of " + grouped(size)
                        + ". The file is cut short.\n"
                        + "  If it is still being written, leave it out.",
                cause);
    }

    /** The compressed data contradict themselves. */
    static SourceException at(
            InputFile file, long offset, String codec, @Nullable String detail, @Nullable Throwable cause) {
        return corrupt(file, "at", offset, codec, detail, cause);
    }

    /** As {@code at}, where a library reads ahead and does not say what it has used. */
    static SourceException near(
            InputFile file, long offset, String codec, @Nullable String detail, @Nullable Throwable cause) {
        return corrupt(file, "near", offset, codec, detail, cause);
    }

    private static SourceException corrupt(
            InputFile file,
            String preposition,
            long offset,
            String codec,
            @Nullable String detail,
            @Nullable Throwable cause) {
        return file.brokenAt(
                offset,
                "the " + codec + " data are corrupt " + preposition + " byte " + ofAll(file, offset) + ": " + detail
                        + ".",
                cause);
    }

    /** Something else follows the compressed data. */
    static SourceException trailingBytes(InputFile file, long offset, String codec) {
        return file.brokenAt(
                offset,
                "bytes that are not " + codec + " follow the compressed data, at byte " + ofAll(file, offset)
                        + ".\n  Something may have been appended; to pass over it, use ignoreTrailingBytes().",
                null);
    }

    /** Trailing bytes would be passed over if there were no further stream among them. */
    static SourceException streamBehindOtherBytes(InputFile file, long start, long found, String codec, String stream) {
        return file.brokenAt(
                found,
                "another " + codec + " " + stream + " follows, at byte " + ofAll(file, found)
                        + ", behind bytes that are not " + codec + ", from byte " + grouped(start)
                        + " on. Passing over them would lose it.\n"
                        + "  Cut the file in two: head -c " + start + " writes what stands before them, tail -c +"
                        + (found + 1) + " the " + stream + " and all after it.",
                null);
    }

    /** As a member behind other bytes; but a block begins at a bit, and may have lost what precedes it. */
    static SourceException blockBehindOtherBytes(InputFile file, long start, long block) {
        return file.brokenAt(
                block,
                "another bzip2 block follows, at byte " + grouped(block) + " of " + grouped(file.byteCount())
                        + ", behind bytes that are not bzip2, from byte " + grouped(start)
                        + " on. Passing over them would lose it.\n"
                        + "  The program bzip2recover writes each block of a file to a file of its own.",
                null);
    }

    /** Two pieces of a file do not agree on where a unit begins, because one looks as if it were inside of another. */
    static SourceException unitInsideUnit(InputFile file, long offset, String codec, String unit) {
        return file.brokenAt(
                offset,
                "the " + codec + " file cannot be read in pieces: inside of a " + unit
                        + " there is what looks like another one, at byte "
                        + grouped(offset) + " of " + grouped(file.byteCount())
                        + ".\n  To read it in one piece, use filesPerPartition(1).",
                null);
    }

    /** Headers say that a unit begins somewhere, but none does: one of them tells a wrong length. */
    static SourceException noUnitThere(InputFile file, long offset, String codec, String unit) {
        return file.brokenAt(
                offset,
                "the " + codec + " file cannot be read in pieces: by the lengths in its headers a " + unit
                        + " begins at byte "
                        + grouped(offset) + " of " + grouped(file.byteCount())
                        + ", but none does.\n  To read it in one piece, use filesPerPartition(1).",
                null);
    }

    /** The file is not of the format that its name or an option says. */
    static SourceException otherFormat(FileBytes bytes, String codec) {
        byte[] head = bytes.head();
        return bytes.file()
                .brokenAt(
                        0,
                        "this is not a " + codec + " file: it begins with "
                                + Numbers.hex(head, 0, Math.min(4, head.length))
                                + ".\n  If it is text in spite of its name, use compression(Compression.NONE).",
                        null);
    }

    /** A file of 0 bytes, which no codec writes. */
    static SourceException empty(InputFile file, String codec) {
        return file.broken(
                "the file has 0 bytes, which even for no data no " + codec + " file has.\n"
                        + "  It may be cut short; to read it as no records, use allowEmpty().",
                null);
    }
}

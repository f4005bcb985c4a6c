package dev.bag.run.skip;

import dev.bag.kernel.BoundedText;
import dev.bag.kernel.OperatorFailure;
import dev.bag.source.BadRecordException;
import dev.bag.source.SourceException;
import dev.bag.text.Digits;
import dev.bag.value.Location;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One line of JSON about a record that was left out. What is not known is left out of it. */
final class DeadLetter {

    /** How each line begins, by which a file of them is known. */
    static final String BEGIN = "{\"operator\":\"";

    /** The documentation of {@code Bag.onError} names these two numbers. */
    private static final int MOST_OF_RECORD = 64 << 10;

    private static final int MOST_OF_MESSAGE = 2_000;

    private final StringBuilder line = new StringBuilder("{");

    private DeadLetter() {}

    /** Returns the line, with its end. */
    static byte[] of(OperatorFailure failure) {
        Throwable thrown = failure.thrown();
        DeadLetter letter = new DeadLetter();
        letter.add("operator", failure.operator().name(), MOST_OF_MESSAGE);
        letter.addPlace(thrown instanceof SourceException input ? Optional.of(input.location()) : failure.location());
        failure.partition().ifPresent(partition -> letter.add("partition", partition));
        letter.add("error", classOf(thrown), MOST_OF_MESSAGE);
        letter.add("message", messageOf(thrown), MOST_OF_MESSAGE);
        letter.addRecord(failure, thrown);
        return letter.line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void addPlace(Optional<Location> location) {
        location.ifPresent(place -> {
            add("file", place.file(), Integer.MAX_VALUE);
            place.entry().ifPresent(entry -> add("entry", entry, Integer.MAX_VALUE));
            place.line().ifPresent(number -> add("line", number));
            place.offset().ifPresent(offset -> add("offset", offset));
        });
    }

    private void addRecord(OperatorFailure failure, Throwable thrown) {
        Object record = failure.record();
        if (record != null) {
            BoundedText text = BoundedText.of(record, MOST_OF_RECORD);
            addCut("record", text.toString(), text.isCut());
        } else if (thrown instanceof BadRecordException bad) {
            bad.text().ifPresent(text -> addCut("record", text, false));
        }
    }

    private void addCut(String name, String text, boolean isCut) {
        add(name, text, MOST_OF_RECORD);
        if (isCut || text.length() > MOST_OF_RECORD) {
            line.append(",\"cut\":true");
        }
    }

    /** What a library has thrown says more than that it was a source. */
    private static String classOf(Throwable thrown) {
        Throwable cause =
                thrown instanceof BadRecordException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause.getClass().getName();
    }

    private static @Nullable String messageOf(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (Throwable e) {
            return "(its getMessage fails with " + e.getClass().getName() + ")";
        }
    }

    private void add(String name, long number) {
        name(name).append(number);
    }

    private void add(String name, @Nullable String value, int most) {
        if (value == null) {
            return;
        }
        name(name).append('"');
        int end = Math.min(value.length(), most);
        if (end < value.length() && Character.isHighSurrogate(value.charAt(end - 1))) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            append(value, i);
        }
        line.append('"');
    }

    private StringBuilder name(String name) {
        if (line.length() > 1) {
            line.append(',');
        }
        return line.append('"').append(name).append("\":");
    }

    private void append(String value, int i) {
        char c = value.charAt(i);
        switch (c) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            case '"' -> line.append("\\\"");
            case '\\' -> line.append("\\\\");
            default -> {
                boolean loneSurrogate = Character.isSurrogate(c) && !isPair(value, i);
                if (c < ' ' || loneSurrogate) {
                    Digits.appendHex(line.append("\\u"), c);
                } else {
                    line.append(c);
                }
            }
        }
    }

    private static boolean isPair(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}

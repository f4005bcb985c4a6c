package dev.bag;

import dev.bag.kernel.BoundedText;
import dev.bag.text.Digits;
import dev.bag.text.Escapes;
import dev.bag.value.Utf8;

/** Texts of values and exceptions for messages, whatever their own methods do. */
final class Excerpts {

    private static final int MOST_CHARACTERS = 200;

    private Excerpts() {}

    /** At most 200 characters of a record; a text in quotes, with what cannot be seen escaped. */
    static String of(Object record) {
        BoundedText text = BoundedText.of(record, MOST_CHARACTERS);
        if (text.isFailure()) {
            return text.toString();
        }
        String shown = escaped(text.toString(), text.isCut());
        return record instanceof CharSequence || record instanceof Utf8 ? '"' + shown + '"' : shown;
    }

    /** The class and the message of an exception. */
    static String describe(Throwable thrown) {
        String message = messageOf(thrown);
        String name = thrown.getClass().getSimpleName();
        name = name.isEmpty() ? thrown.getClass().getName() : name;
        return message.isEmpty() ? name : name + ": " + message;
    }

    /** The message of an exception, or nothing. */
    static String messageOf(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? "" : message;
        } catch (Throwable e) {
            return "(its getMessage fails with " + e.getClass().getName() + ")";
        }
    }

    private static String escaped(String text, boolean goesOn) {
        StringBuilder shown = new StringBuilder();
        int length = Math.min(text.length(), MOST_CHARACTERS);
        for (int i = 0; i < length; i++) {
            Escapes.append(shown, text.charAt(i));
        }
        if (goesOn) {
            return shown.append('…').toString();
        }
        return length == text.length()
                ? shown.toString()
                : shown.append("… (")
                        .append(Digits.grouped(text.length()))
                        .append(" characters)")
                        .toString();
    }
}

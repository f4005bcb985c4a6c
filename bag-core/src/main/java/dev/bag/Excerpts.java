package dev.bag;

import java.util.Locale;

/** Texts of values and exceptions for messages, whatever their own methods do. */
final class Excerpts {

    private static final int MOST_CHARACTERS = 200;

    private Excerpts() {}

    /** At most 200 characters of a record; a text in quotes, with what cannot be seen escaped. */
    static String of(Object record) {
        BoundedText text = new BoundedText(MOST_CHARACTERS);
        try {
            text.append(record);
        } catch (Throwable e) {
            return "(" + record.getClass().getName() + ": its toString fails with "
                    + e.getClass().getName() + ")";
        }
        String shown = escaped(text.toString(), text.isCut());
        return record instanceof CharSequence ? '"' + shown + '"' : shown;
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

    /** A number with commas. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String escaped(String text, boolean goesOn) {
        StringBuilder shown = new StringBuilder();
        int length = Math.min(text.length(), MOST_CHARACTERS);
        for (int i = 0; i < length; i++) {
            append(shown, text.charAt(i));
        }
        if (goesOn) {
            return shown.append('…').toString();
        }
        return length == text.length()
                ? shown.toString()
                : shown.append("… (")
                        .append(grouped(text.length()))
                        .append(" characters)")
                        .toString();
    }

    private static void append(StringBuilder shown, char c) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            case '"' -> shown.append("\\\"");
            case '\\' -> shown.append("\\\\");
            default -> {
                if (Character.isISOControl(c)) {
                    shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                } else {
                    shown.append(c);
                }
            }
        }
    }
}

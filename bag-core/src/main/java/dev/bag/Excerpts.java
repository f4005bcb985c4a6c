package dev.bag;

import dev.bag.text.Digits;
import dev.bag.text.Escapes;
import dev.bag.trait.Traits.OnDisk;
import dev.bag.value.Pair;
import dev.bag.value.Utf8;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /**
     * The beginning of what {@code toString} returns. Of pairs and of collections of the JDK no more elements are asked
     * for than are shown: a group may be larger than memory.
     */
    private static final class BoundedText {

        private static final int DEEPEST = 20;

        private final int most;
        private final StringBuilder text = new StringBuilder();
        private boolean isCut;
        private int depth;

        /** A text that is cut some time after {@code most} characters. */
        BoundedText(int most) {
            this.most = most;
        }

        /** Returns whether something was left out of the text. */
        boolean isCut() {
            return isCut;
        }

        @Override
        public String toString() {
            return text.toString();
        }

        void append(@Nullable Object object) {
            if (text.length() > most || depth == DEEPEST) {
                isCut = true;
                return;
            }
            depth++;
            if (object instanceof Pair<?, ?> pair) {
                text.append('(');
                append(pair.first());
                text.append(", ");
                append(pair.second());
                text.append(')');
            } else if (object instanceof Collection<?> collection && isKnown(object)) {
                appendAll(collection.iterator(), '[', ']');
            } else if (object instanceof Map<?, ?> map && isKnown(object)) {
                appendAll(map.entrySet().iterator(), '{', '}');
            } else if (object instanceof Map.Entry<?, ?> entry && isKnown(object)) {
                append(entry.getKey());
                text.append('=');
                append(entry.getValue());
            } else if (object instanceof Optional<?> optional && optional.isPresent()) {
                text.append("Optional[");
                append(optional.get());
                text.append(']');
            } else {
                text.append(object);
            }
            depth--;
        }

        private void appendAll(Iterator<?> elements, char open, char close) {
            text.append(open);
            for (String before = ""; elements.hasNext() && !isCut; before = ", ") {
                text.append(before);
                append(elements.next());
            }
            text.append(close);
        }

        /** Classes of users are not: their {@code toString} may say something else. */
        private static boolean isKnown(Object object) {
            return object.getClass().getClassLoader() == null || object instanceof OnDisk;
        }
    }
}

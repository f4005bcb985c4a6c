package dev.bag;

import dev.bag.trait.OnDisk;
import dev.bag.value.Pair;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of what {@code toString} returns. Of pairs and of collections of the JDK no more elements are asked for
 * than are shown: a group may be larger than memory.
 */
final class BoundedText {

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

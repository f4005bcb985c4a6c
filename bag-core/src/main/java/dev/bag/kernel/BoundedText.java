package dev.bag.kernel;

import dev.bag.trait.Traits.OnDisk;
import dev.bag.value.Pair;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of what {@code toString} of a record returns. Of pairs and of collections of the JDK no more elements are asked
 * for than are shown: a group may be larger than memory.
 */
public final class BoundedText {

    private static final int DEEPEST = 20;

    private final int most;
    private final StringBuilder text = new StringBuilder();
    private boolean isCut;
    private boolean isFailure;
    private int depth;

    private BoundedText(int most) {
        this.most = most;
    }

    /** Returns the text of a record, which is cut some time after {@code most} characters. */
    public static BoundedText of(Object record, int most) {
        BoundedText text = new BoundedText(most);
        try {
            text.append(record);
            return text;
        } catch (Throwable e) {
            BoundedText failure = new BoundedText(most);
            failure.isFailure = true;
            failure.text
                    .append('(')
                    .append(record.getClass().getName())
                    .append(": its toString fails with ")
                    .append(e.getClass().getName())
                    .append(')');
            return failure;
        }
    }

    /** Returns whether something was left out of the text. */
    public boolean isCut() {
        return isCut;
    }

    /** Returns whether {@code toString} has failed; then the text says so. */
    public boolean isFailure() {
        return isFailure;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void append(@Nullable Object object) {
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

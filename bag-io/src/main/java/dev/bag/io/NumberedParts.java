package dev.bag.io;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.RandomAccess;

/** Parts whose lines come with their file and number. */
final class NumberedParts extends AbstractList<NumberedPart> implements RandomAccess, Serializable {

    private static final long serialVersionUID = 1;

    private final TextParts parts;

    /**
     * Numbers the lines of parts.
     *
     * @param parts of whole files
     */
    NumberedParts(TextParts parts) {
        this.parts = parts;
    }

    @Override
    public int size() {
        return parts.size();
    }

    @Override
    public NumberedPart get(int index) {
        return new NumberedPart(parts.get(index));
    }
}

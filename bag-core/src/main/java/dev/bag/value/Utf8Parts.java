package dev.bag.value;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/** Parts of a text, found while they are iterated over. Prints itself as a list. */
record Utf8Parts(Supplier<Iterator<Utf8>> iterators) implements Iterable<Utf8> {

    @Override
    public Iterator<Utf8> iterator() {
        return iterators.get();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (Utf8 part : this) {
            text.append(text.length() > 1 ? ", " : "").append(part);
        }
        return text.append(']').toString();
    }

    static final class Fields implements Iterator<Utf8> {

        private final Utf8 text;
        private final byte delimiter;
        private int start;

        Fields(Utf8 text, byte delimiter) {
            this.text = text;
            this.delimiter = delimiter;
            this.start = text.from;
        }

        @Override
        public boolean hasNext() {
            return start <= text.to;
        }

        @Override
        public Utf8 next() {
            if (start > text.to) {
                throw new NoSuchElementException();
            }
            int end = Utf8Search.find(text.block.bytes(), start, text.to, delimiter);
            Utf8 field = new Utf8(text.block, start, end);
            start = end + 1;
            return field;
        }
    }

    static final class Words implements Iterator<Utf8> {

        private final Utf8 text;

        /** Where the next word begins; the end of the text if there is none. */
        private int start;

        Words(Utf8 text) {
            this.text = text;
            this.start = Utf8Search.skipSpaces(text.block.bytes(), text.from, text.to);
        }

        @Override
        public boolean hasNext() {
            return start < text.to;
        }

        @Override
        public Utf8 next() {
            if (start >= text.to) {
                throw new NoSuchElementException();
            }
            byte[] in = text.block.bytes();
            int end = Utf8Search.findSpace(in, start, text.to);
            Utf8 word = new Utf8(text.block, start, end);
            start = Utf8Search.skipSpaces(in, end, text.to);
            return word;
        }
    }

    static final class Lines implements Iterator<Utf8> {

        private final Utf8 text;
        private int start;

        Lines(Utf8 text) {
            this.text = text;
            this.start = text.from;
        }

        @Override
        public boolean hasNext() {
            return start < text.to;
        }

        @Override
        public Utf8 next() {
            if (start >= text.to) {
                throw new NoSuchElementException();
            }
            byte[] in = text.block.bytes();
            int end = Utf8Search.findLineEnd(in, start, text.to);
            Utf8 line = new Utf8(text.block, start, end);
            boolean isPair = end + 1 < text.to && in[end] == '\r' && in[end + 1] == '\n';
            start = end + (isPair ? 2 : 1);
            return line;
        }
    }
}

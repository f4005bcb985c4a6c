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

    /** Finds a part where the one before it has ended. */
    private abstract static class Finder implements Iterator<Utf8> {

        final Utf8 text;

        /** Where the next part begins. */
        int start;

        /** A part begins before it. */
        private final int end;

        Finder(Utf8 text, int start, int end) {
            this.text = text;
            this.start = start;
            this.end = end;
        }

        @Override
        public final boolean hasNext() {
            return start < end;
        }

        @Override
        public final Utf8 next() {
            if (start >= end) {
                throw new NoSuchElementException();
            }
            int from = start;
            return new Utf8(text.block, from, passOver(text.block.bytes()));
        }

        /** Returns where the part at {@link #start} ends, and moves on to the next. */
        abstract int passOver(byte[] in);
    }

    static final class Fields extends Finder {

        private final long wanted;

        /** Where the delimiters are, among the bytes looked at last, which end before {@link #next}. */
        private long bits;

        private int next;

        /** One more field than there are delimiters: behind the last one it may begin at the end of the text. */
        Fields(Utf8 text, byte delimiter) {
            super(text, text.from, text.to + 1);
            this.wanted = ByteWords.repeat(delimiter);
            this.next = text.from;
        }

        @Override
        int passOver(byte[] in) {
            while (bits == 0 && text.to - next >= Long.SIZE) {
                bits = ByteWords.equalBits(in, next, wanted);
                next += Long.SIZE;
            }
            int end;
            if (bits != 0) {
                end = next - Long.SIZE + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
            } else {
                end = Utf8Search.find(in, Math.max(start, next), text.to, (byte) wanted);
            }
            start = end + 1;
            return end;
        }
    }

    static final class Words extends Finder {

        Words(Utf8 text) {
            super(text, Utf8Search.skipSpaces(text.block.bytes(), text.from, text.to), text.to);
        }

        @Override
        int passOver(byte[] in) {
            int end = Utf8Search.findSpace(in, start, text.to);
            start = Utf8Search.skipSpaces(in, end, text.to);
            return end;
        }
    }

    static final class Lines extends Finder {

        Lines(Utf8 text) {
            super(text, text.from, text.to);
        }

        @Override
        int passOver(byte[] in) {
            int end = Utf8Search.findLineEnd(in, start, text.to);
            boolean isPair = end + 1 < text.to && in[end] == '\r' && in[end + 1] == '\n';
            start = end + (isPair ? 2 : 1);
            return end;
        }
    }
}

package dev.bag.io.codec.gzip;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Deflated bytes to text by the inflater of the JDK, from any bit on at which a block begins. */
public final class BitInflater implements AutoCloseable {

    /** More than the text of the bits of one byte, mostly; if it is not enough, it grows. */
    private static final int SOME_TEXT = 1024;

    private final Inflater inflater = new Inflater(true);

    /** Begins at the start of deflated data. */
    public void begin() {
        inflater.reset();
    }

    /**
     * Begins at a block that is not the first one. What is fed next follows its first byte, or is that byte if the block
     * begins with it.
     *
     * @param bit how many bits of its first byte precede it, from 0 to 7
     * @param first that byte; used only if {@code bit} is not 0
     * @param window the text before, as much of it as may be referred to
     */
    public void begin(int bit, byte first, byte[] window) {
        inflater.reset();
        if (window.length > 0) {
            inflater.setDictionary(window);
        }
        if (bit > 0) {
            inflater.setInput(LeadIn.before(bit, first));
        }
    }

    /** Feeds bytes. Those fed before must have been used. */
    public void feed(byte[] bytes, int from, int length) {
        inflater.setInput(bytes, from, length);
    }

    /** Returns how many bytes of text were made; 0 if more have to be fed, or there is no more text. */
    public int inflate(byte[] into, int from, int length) throws DataFormatException {
        while (!inflater.finished()) {
            int count = inflater.inflate(into, from, length);
            if (count > 0) {
                return count;
            }
            if (inflater.needsDictionary()) {
                throw new DataFormatException("a preset dictionary, which gzip does not have, is asked for");
            }
            if (inflater.needsInput()) {
                break;
            }
        }
        return 0;
    }

    /** Returns whether the last block has ended. */
    public boolean finished() {
        return inflater.finished();
    }

    /** Returns how many of the bytes fed last were not used. */
    public int remaining() {
        return inflater.getRemaining();
    }

    /** Returns how much text there was since it began, also that of a call that threw. */
    public long textMade() {
        return inflater.getBytesWritten();
    }

    /**
     * Looks whether a block begins at a place. All whole bytes before it must have been fed, and their text taken. The
     * inflater must begin anew afterwards.
     *
     * @param bit how many bits precede the place in its byte, from 0 to 7
     * @param last that byte; used only if {@code bit} is not 0
     * @return the text of these bits; null if no block begins at the place, and then nothing is known of them
     */
    public byte @Nullable [] textUpTo(int bit, byte last) {
        byte[] seam = Seam.behind(bit, last);
        feed(seam, 0, seam.length);
        byte[] made = new byte[SOME_TEXT];
        int length = 0;
        try {
            for (int more = inflate(made, 0, made.length); more > 0; ) {
                length += more;
                made = length == made.length ? Arrays.copyOf(made, 2 * length) : made;
                more = inflate(made, length, made.length - length);
            }
        } catch (DataFormatException e) {
            return null;
        }
        int before = finished() && remaining() == 0 ? Seam.textBefore(made, length) : -1;
        return before < 0 ? null : Arrays.copyOf(made, before);
    }

    @Override
    public void close() {
        inflater.end();
    }
}

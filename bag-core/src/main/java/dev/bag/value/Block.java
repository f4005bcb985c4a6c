package dev.bag.value;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a buffer, for as long as the buffer holds them. Views refer to the block, not to the buffer. Before the
 * buffer is used for something else, its maker calls {@link #end}, and a view that is still in use throws an exception
 * instead of wrong bytes.
 *
 * <p>A buffer that is used again needs a new block. To end a block costs nothing: the field is plain, not volatile.
 * Therefore another thread that looks at a view at the very moment of {@code end} may still see the buffer, and what is
 * written into it next.
 */
public final class Block {

    private final boolean isOwn;
    private final boolean hasLines;
    private byte @Nullable [] bytes;

    /**
     * Creates a block of bytes.
     *
     * @param bytes not copied; they must not change until {@link #end} is called
     */
    public Block(byte[] bytes) {
        this(bytes, false, false);
    }

    private Block(byte[] bytes, boolean isOwn, boolean hasLines) {
        this.bytes = Objects.requireNonNull(bytes, "bytes");
        this.isOwn = isOwn;
        this.hasLines = hasLines;
    }

    /**
     * Returns a block of bytes of which each view lies within a line, so that it has no line feed. What looks for one in
     * such a view need not look at its bytes. It is for those that make views to know that this holds.
     *
     * @param bytes not copied; they must not change until {@link #end} is called
     */
    public static Block ofLines(byte[] bytes) {
        return new Block(bytes, false, true);
    }

    /**
     * Returns a block that is never ended. A view of all its bytes owns them: its {@link Utf8#copy copy} is the view itself.
     *
     * @param bytes not copied; nothing else may refer to them
     */
    public static Block own(byte[] bytes) {
        return new Block(bytes, true, false);
    }

    /** Whether the block is never ended. */
    boolean isOwn() {
        return isOwn;
    }

    /** Whether no view has a line feed. */
    boolean hasLines() {
        return hasLines;
    }

    /**
     * Returns the bytes, not copied; they must not be changed.
     *
     * @throws IllegalStateException if the block has ended
     */
    public byte[] bytes() {
        byte[] present = bytes;
        if (present == null) {
            throw ended();
        }
        return present;
    }

    private static IllegalStateException ended() {
        return new IllegalStateException("this view was kept beyond the call that it was given to: its buffer has been"
                + " used again since. Keep its copy() instead.");
    }

    /**
     * Returns the bytes from {@code from} on, below {@code to}, as a view. Costs the same for any length.
     *
     * @param from the index of the first byte in {@link #bytes}
     * @param to the index after the last byte
     * @return a text; it is for the caller to know that these bytes are well-formed UTF-8
     * @throws IndexOutOfBoundsException if there are no such bytes
     * @throws IllegalStateException if the block has ended
     */
    public Utf8 utf8(int from, int to) {
        Objects.checkFromToIndex(from, to, bytes().length);
        return new Utf8(this, from, to);
    }

    /** Takes the bytes away. From now on every view of them throws {@link IllegalStateException}. */
    public void end() {
        bytes = null;
    }

    @Override
    public String toString() {
        byte[] present = bytes;
        return present == null ? "Block[ended]" : "Block[" + present.length + " bytes]";
    }
}

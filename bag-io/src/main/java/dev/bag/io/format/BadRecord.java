package dev.bag.io.format;

/** A line that is no record of its format. The reader of the line adds the file and the place. */
public final class BadRecord extends Exception {

    private static final long serialVersionUID = 1;

    private final long offset;
    private final String remedy;

    /**
     * A complaint without a trace.
     *
     * @param offset of the first wrong byte: in the buffer, or in the file if the line was decoded before
     * @param complaint what is wrong
     * @param remedy what to do, as a sentence
     */
    public BadRecord(long offset, String complaint, String remedy) {
        super(complaint, null, false, false);
        this.offset = offset;
        this.remedy = remedy;
    }

    long offset() {
        return offset;
    }

    String remedy() {
        return remedy;
    }
}

package dev.bag.io.json;

/** A document that is not JSON. Has no trace: what catches it adds the place. */
public final class MalformedJson extends Exception {

    private static final long serialVersionUID = 1;

    /** What part of a document is wrong: it decides what to do about it. */
    public enum Fault {
        /** Something stands where it must not. */
        UNEXPECTED,
        /** The end comes before the document is complete. */
        CUT_OFF,
        /** The document is complete, and something follows. */
        TRAILING
    }

    private final int index;
    private final Fault fault;

    MalformedJson(int index, Fault fault, String complaint) {
        super(complaint, null, false, false);
        this.index = index;
        this.fault = fault;
    }

    /** Returns the index of the first wrong byte. */
    public int index() {
        return index;
    }

    /** Returns what is wrong. */
    public Fault fault() {
        return fault;
    }
}

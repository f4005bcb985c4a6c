package dev.bag.io.codec;

/**
 * Where a unit of a compressed file begins, as a {@link UnitWalk} finds it.
 *
 * @param start where in the file
 * @param frame where that begins of which it is a part and whose header it needs; the same if it needs none
 * @param flags what the header says, where that is needed
 */
record Unit(long start, long frame, int flags) {

    /** Returns a unit that needs no header before it. */
    static Unit at(long start) {
        return new Unit(start, start, 0);
    }

    /** Returns whether it has a header of its own. */
    boolean isFrame() {
        return start == frame;
    }
}

package dev.bag.kernel;

/** Cuts {@code total} things, in their order, into {@code parts} neighbours whose sizes differ by at most one. */
public record EvenCut(long total, int parts) {

    /** Where a part begins: at {@code total * part / parts}, rounded down. The part behind the last one begins at the end. */
    public long begin(int part) {
        return total / parts * part + total % parts * part / parts; // which does not overflow
    }

    /** Where a part ends. */
    public long end(int part) {
        return begin(part + 1);
    }

    /** The part of a thing, where both are counted by an int. */
    public int partOf(int thing) {
        return (int) (((long) thing * parts + parts - 1) / total);
    }
}

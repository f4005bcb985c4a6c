package dev.bag.stage;

/**
 * Which of {@code from} members make up each of {@code to} fewer groups: neighbours, evenly by number.
 *
 * @param from how many members there are
 * @param to how many groups they make
 */
public record EvenCut(int from, int to) {
    /** Each member by itself. */
    static final EvenCut NONE = new EvenCut(1, 1);

    /** The first member of a group. */
    public int start(int group) {
        return (int) ((long) from * group / to);
    }

    /** The member after the last of a group. */
    public int end(int group) {
        return start(group + 1);
    }

    /** The group of a member. */
    public int groupOf(int member) {
        return (int) (((long) member * to + to - 1) / from);
    }
}

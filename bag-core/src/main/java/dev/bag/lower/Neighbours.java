package dev.bag.lower;

/** Which of {@code from} partitions make up each of {@code to} fewer ones: neighbours, evenly by number. */
record Neighbours(int from, int to) {

    /** The first member of a group. */
    int start(int group) {
        return (int) ((long) from * group / to);
    }

    /** The member after the last of a group. */
    int end(int group) {
        return start(group + 1);
    }

    /** The group of a member. */
    int groupOf(int member) {
        return (int) (((long) member * to + to - 1) / from);
    }
}

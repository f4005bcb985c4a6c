package dev.bag.run.call;

import org.jspecify.annotations.Nullable;

/**
 * Tasks by the numbers of their values. Values that are made together have numbers in a row, and are mostly looked up in a
 * row; so a table of pages, each of which has room for all numbers of a row, needs no hash of each and is read from front
 * to back.
 */
final class TaskTable {

    private static final int PAGE_BITS = 6;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int FIRST_CAPACITY = 8;

    /** Open-addressed by their numbers, at most half full. */
    private Page[] pages = new Page[FIRST_CAPACITY];

    private int pageCount;
    /** That of the last look-up. */
    private @Nullable Page last;

    private record Page(long number, @Nullable CallTask[] tasks) {}

    /** Returns the task of a number, or null. */
    @Nullable CallTask get(long number) {
        Page page = page(number >>> PAGE_BITS);
        return page == null ? null : page.tasks[(int) number & PAGE - 1];
    }

    /** Sets the task of a number, in place of another one if there is one. */
    void put(long number, CallTask task) {
        Page page = page(number >>> PAGE_BITS);
        if (page == null) {
            page = add(number >>> PAGE_BITS);
        }
        page.tasks[(int) number & PAGE - 1] = task;
    }

    private @Nullable Page page(long number) {
        Page known = last;
        if (known != null && known.number == number) {
            return known;
        }
        Page found = pages[slot(number)];
        if (found != null) {
            last = found;
        }
        return found;
    }

    private Page add(long number) {
        if (2 * ++pageCount > pages.length) {
            Page[] old = pages;
            pages = new Page[2 * old.length];
            for (Page page : old) {
                if (page != null) {
                    pages[slot(page.number)] = page;
                }
            }
        }
        Page page = new Page(number, new @Nullable CallTask[PAGE]);
        pages[slot(number)] = page;
        last = page;
        return page;
    }

    private int slot(long number) {
        int mask = pages.length - 1;
        int slot = (int) (number * 0x9E3779B97F4A7C15L >>> Integer.SIZE) & mask;
        while (pages[slot] != null && pages[slot].number != number) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** Hands out all tasks. */
    void forEach(Each each) {
        for (Page page : pages) {
            for (int i = 0; page != null && i < PAGE; i++) {
                CallTask task = page.tasks[i];
                if (task != null) {
                    each.accept(page.number << PAGE_BITS | i, task);
                }
            }
        }
    }

    /** Takes a task and its number. */
    @FunctionalInterface
    interface Each {
        void accept(long number, CallTask task);
    }
}

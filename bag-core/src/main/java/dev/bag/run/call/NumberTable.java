package dev.bag.run.call;

import org.jspecify.annotations.Nullable;

/**
 * Objects by the numbers of values. Values that are made together have numbers in a row, and are mostly looked up in a
 * row; so a table of pages, each of which has room for all numbers of a row, needs no hash of each and is read from front
 * to back.
 *
 * @param <T> the objects
 */
final class NumberTable<T> {

    private static final int PAGE_BITS = 6;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int FIRST_CAPACITY = 8;

    /** Open-addressed by their numbers, at most half full. */
    private @Nullable Page<T>[] pages = pages(FIRST_CAPACITY);

    private int pageCount;
    /** That of the last look-up. */
    private @Nullable Page<T> last;

    private record Page<T>(long number, @Nullable T[] objects) {

        @SuppressWarnings("unchecked") // an array has no type parameter
        static <T> Page<T> of(long number) {
            return new Page<>(number, (@Nullable T[]) new @Nullable Object[PAGE]);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array has no type parameter
    private static <T> @Nullable Page<T>[] pages(int length) {
        return new Page[length];
    }

    /** Returns the object of a number, or null. */
    @Nullable T get(long number) {
        Page<T> page = page(number >>> PAGE_BITS);
        return page == null ? null : page.objects[(int) number & PAGE - 1];
    }

    /** Sets the object of a number, in place of another one if there is one. */
    void put(long number, T object) {
        Page<T> page = page(number >>> PAGE_BITS);
        if (page == null) {
            page = add(number >>> PAGE_BITS);
        }
        page.objects[(int) number & PAGE - 1] = object;
    }

    private @Nullable Page<T> page(long number) {
        Page<T> known = last;
        if (known != null && known.number == number) {
            return known;
        }
        Page<T> found = pages[slot(number)];
        if (found != null) {
            last = found;
        }
        return found;
    }

    private Page<T> add(long number) {
        if (2 * ++pageCount > pages.length) {
            @Nullable Page<T>[] old = pages;
            pages = pages(2 * old.length);
            for (Page<T> page : old) {
                if (page != null) {
                    pages[slot(page.number)] = page;
                }
            }
        }
        Page<T> page = Page.of(number);
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

    /** Hands out all objects. */
    void forEach(Each<? super T> each) {
        for (Page<T> page : pages) {
            for (int i = 0; page != null && i < PAGE; i++) {
                T object = page.objects[i];
                if (object != null) {
                    each.accept(page.number << PAGE_BITS | i, object);
                }
            }
        }
    }

    /** Takes an object and its number. */
    @FunctionalInterface
    interface Each<T> {
        void accept(long number, T object);
    }
}

package dev.bag.source;

import dev.bag.function.CheckedSupplier;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;

/**
 * Where the records of a bag come from: a name for people, and an ordered list of parts, one for each partition.
 *
 * <p>A source is a description and holds nothing open. It is asked for its name and its parts while a bag is built;
 * records are read only by an action, part by part, several parts at once, by {@link Part#open()}.
 *
 * <p>The simplest source is a lambda for each part: {@link #of(String, List)}.
 *
 * @param <T> the records
 */
public interface Source<T> extends Serializable {

    /** Returns what messages and pictures of the plan call this source, such as {@code logs/*.gz}. */
    String name();

    /**
     * Returns the parts, in the order of the bag, the same on every call. The list may make them as it is asked, so
     * that a million parts need not exist at once. An empty list is read as one empty part.
     */
    List<? extends Part<T>> parts();

    /**
     * Returns a text that is another one if the source would hand out other records than before: such as the names, sizes and
     * times of the files it reads. Asked for by sinks that take up what an earlier run has left; empty, as by default, if
     * nothing is known.
     *
     * @throws Exception if that cannot be found out
     */
    default String dataVersion() throws Exception {
        return "";
    }

    /**
     * Returns a source of iterators, which are made anew each time a part is opened. An iterator that is
     * {@link AutoCloseable} is closed after its last record, on failure, and when no more records are wanted.
     *
     * @param name what messages call the source
     * @param parts called on a worker thread, once for each time the part is read
     */
    static <T> Source<T> of(String name, List<CheckedSupplier<Iterator<T>>> parts) {
        return IteratorSource.of(name, parts);
    }
}

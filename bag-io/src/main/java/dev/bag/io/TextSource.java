package dev.bag.io;

import dev.bag.source.Part;
import dev.bag.source.Source;
import java.util.List;

/** Files, by the names that the user gave. */
@SuppressWarnings("serial") // the lists of parts are serializable
record TextSource<T>(String name, List<? extends Part<T>> parts) implements Source<T> {

    @Override
    public String toString() {
        return name;
    }
}

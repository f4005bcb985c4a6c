package dev.bag;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that one run computed for {@link Delayed#computeAll(Delayed...)}. */
public final class Results {

    private final Map<Delayed<?>, Integer> places = new IdentityHashMap<>();
    private final List<@Nullable Object> values;

    Results(Delayed<?>[] delayed, List<@Nullable Object> values) {
        for (int i = 0; i < delayed.length; i++) {
            places.put(delayed[i], i);
        }
        this.values = values;
    }

    /**
     * Returns the value of one of the {@code Delayed}s that were computed.
     *
     * @param delayed one of the arguments of {@code computeAll}, the object itself
     * @throws IllegalArgumentException if {@code delayed} was not one of them
     */
    @SuppressWarnings("unchecked") // the value at the place of a Delayed<T> is a T
    public <T extends @Nullable Object> T get(Delayed<T> delayed) {
        Integer place = places.get(delayed);
        if (place == null) {
            throw new IllegalArgumentException(delayed + " was not computed in this run: pass it to computeAll");
        }
        return (T) values.get(place);
    }

    /** Returns the values in the order in which they were asked for, cut after some 200 characters. */
    @Override
    public String toString() {
        return "Results" + Excerpts.of(values);
    }
}

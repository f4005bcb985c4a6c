package dev.bag.run;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets modules that have a {@link Cluster} make a {@code Runner} of it, which only package {@code dev.bag} can: its class says
 * here how, when it is initialized.
 */
public final class ClusterRunners {

    private static volatile @Nullable Maker maker;

    private ClusterRunners() {}

    /** Makes runners. */
    @FunctionalInterface
    public interface Maker {

        /** Returns a {@code Runner} on {@code cluster}, which tells {@code listeners} of its runs. */
        Object make(Cluster cluster, List<?> listeners);
    }

    /** Says how runners are made. */
    public static void maker(Maker of) {
        maker = of;
    }

    /** Returns a runner of class {@code type}, which has said how. */
    public static <R> R make(Class<R> type, Cluster cluster, List<?> listeners) {
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return type.cast(Objects.requireNonNull(maker).make(cluster, listeners));
    }
}

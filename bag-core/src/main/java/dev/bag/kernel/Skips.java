package dev.bag.kernel;

import dev.bag.source.FileLoss;
import dev.bag.value.Location;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the failures of single records, and lets those pass for which there is a policy. One for each task, or each chunk of
 * one. Costs nothing until something fails.
 */
public abstract class Skips {

    /** Lets nothing pass. */
    public static final Skips NONE = new Skips() {
        @Override
        void pushingFrom(Supplier<Optional<Location>> location) {}

        @Override
        protected void add(OperatorFailure failure) {
            throw failure;
        }

        @Override
        public void addFiles(Operator.Place place, List<FileLoss> losses) {}
    };

    private static final int MOST_CAUSES = 20;

    /** Returns where in the input the record begins that is being pushed. */
    private @Nullable Supplier<Optional<Location>> place;

    /** A feed begins to push. {@code location} returns where its records are. */
    void pushingFrom(Supplier<Optional<Location>> location) {
        place = location;
    }

    /** No feed pushes any more: forgets what it has referred to. */
    protected final void nothingIsPushed() {
        place = null;
    }

    /**
     * The operator has thrown {@code thrown} on a record. Returns if that is to be left out.
     *
     * @param failure what is thrown if it is not
     */
    final void drop(OperatorFailure failure, Throwable thrown) {
        if (thrown instanceof OperatorFailure
                || failure.operator().cover().policies().isEmpty()
                || !isOfRecord(thrown)) {
            throw failure;
        }
        Supplier<Optional<Location>> known = place;
        if (known != null && !failure.isLocated()) {
            failure.locate(known);
        }
        add(failure);
    }

    /** Notes that a record is left out, or throws {@code failure} with what is said of it if those are too many. */
    protected abstract void add(OperatorFailure failure);

    /** Notes that a source has left out files, or parts of them. */
    public abstract void addFiles(Operator.Place place, List<FileLoss> losses);

    /** An error of the JVM, or of the program as a whole, is of no record; and an interrupt asks for an end. */
    private static boolean isOfRecord(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            boolean isInterrupt = cause instanceof InterruptedException
                    || cause instanceof ClosedByInterruptException
                    || (cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException));
            if (isInterrupt || cause instanceof VirtualMachineError) {
                return false;
            }
            cause = cause.getCause();
        }
        return thrown instanceof Exception;
    }
}

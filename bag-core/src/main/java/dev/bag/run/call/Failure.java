package dev.bag.run.call;

import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.plan.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a value could not be computed. What messages call the operation is found out only if the failure reaches the user.
 *
 * @param node the operation, or null if the failure names it itself
 * @param origin what it belongs to
 * @param thrown what was thrown
 * @param others what else was thrown, if several were tried
 */
record Failure(@Nullable Value<?> node, Origin origin, Throwable thrown, List<Throwable> others) {

    /** Returns the user's own exception. */
    Throwable cause() {
        return thrown instanceof OperatorFailure known ? known.thrown() : thrown;
    }

    /** Returns what the run fails with. */
    Throwable named() {
        return thrown instanceof OperatorFailure || node == null
                ? thrown
                : OperatorFailure.of(origin.operator(node), null, thrown);
    }

    /** Returns whether a function of the user may take its place: not for an error, or if the run is stopped. */
    boolean isRecoverable() {
        return cause() instanceof Exception && !(cause() instanceof InterruptedException);
    }

    /** What a task was made of. */
    interface Origin {

        /** Returns what messages call a node of it. */
        Operator operator(Value<?> node);

        /** Returns the label of that, without looking at all nodes. */
        String label(Value<?> node);

        /** Returns what is told of a call of it that begins. */
        CallWatch watch(Value<?> node);

        /** Returns whether a value is kept when all known readers are done, because more may come. */
        boolean keepsValues();
    }
}

package dev.bag.kernel;

import dev.bag.kernel.Operator.Place;
import dev.bag.trait.Outside;
import dev.bag.value.Location;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends records out to be worked on elsewhere, and pushes what comes back. It sends as many as there is room for, and
 * pushes in turn, so that neither side lacks work; where nothing can be done for now it says so, and holds no thread.
 */
public final class OutsideFeed extends Feed {

    private final Place place;
    private final Outside<Object, Object> outside;
    private final Object task;
    private final Port port;
    private final Retention retention;
    /** The records that are out, if one comes back for each. */
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();

    private Outside.@Nullable Work<Object, Object> work;
    private boolean inputHasEnded;
    /** Whether a record is to go out, if there is room, before the next one that is ready is pushed. */
    private boolean sendsFirst = true;
    /** Whether this has said that it has nothing to do for now. What changes meanwhile makes no difference until it goes on. */
    private boolean waitsItself;
    /** Where the record begins of which the one was made that is pushed. */
    private Supplier<Optional<Location>> where = Optional::empty;

    /** A record, and where it begins. */
    private record Sent(Object record, Supplier<Optional<Location>> where) {}

    /**
     * Creates a feed.
     *
     * @param task what this is open in
     * @param port takes the records that go out
     * @param retention of the task
     */
    public OutsideFeed(
            Place place,
            Outside<Object, Object> outside,
            Object task,
            Port port,
            Retention retention,
            Sink sink,
            Skips skips) {
        super(sink, skips, true);
        this.place = place;
        this.outside = outside;
        this.task = task;
        this.port = port;
        this.retention = retention;
        port.leadsTo(sink);
    }

    private Outside.Work<Object, Object> work() {
        Outside.Work<Object, Object> opened = work == null ? outside.open(task) : work;
        work = opened;
        return opened;
    }

    private boolean maySend() {
        return !inputHasEnded && !work().hasEnded() && work().hasRoom();
    }

    @Override
    protected @Nullable Feed input() {
        return !waitsItself && maySend() && (sendsFirst || !work().isReady()) ? port.needs() : null;
    }

    @Override
    protected Progress pushNext() throws Throwable {
        waitsItself = false;
        boolean maySend = maySend();
        if (maySend && port.needs() == null) {
            sendsFirst = false;
            send(port.poll());
            return Progress.NEXT;
        }
        if (work().isReady()) {
            sendsFirst = true;
            push();
            return Progress.NEXT;
        }
        boolean isOver = work().hasEnded() || (inputHasEnded && outside.oneForOne() && sent.isEmpty());
        if (isOver) {
            return Progress.ENDED;
        }
        waitsItself = !maySend; // if not, its input is asked before this is called again
        return maySend ? Progress.NEXT : Progress.LATER;
    }

    private void send(@Nullable Object record) throws Throwable {
        if (record == null) {
            inputHasEnded = true;
            work().end();
            return;
        }
        Sent sending = new Sent(retention.kept(record), port.locator());
        try {
            work().take(sending.record());
        } catch (Throwable e) {
            throw failure(sending, e);
        }
        if (outside.oneForOne()) {
            sent.add(sending);
        }
    }

    private OperatorFailure failure(@Nullable Sent of, Throwable thrown) {
        OperatorFailure failure = place.failure(of == null ? null : of.record(), thrown);
        if (of != null) {
            failure.locate(of.where());
        }
        return failure;
    }

    private void push() throws Throwable {
        Sent back = sent.poll();
        Object made;
        try {
            made = Steps.notNull(work().next());
        } catch (Throwable e) {
            OperatorFailure failure = failure(back, e);
            if (back == null) {
                throw failure;
            }
            skips().drop(failure, e);
            return;
        }
        where = back == null ? Optional::empty : back.where();
        try {
            sink().accept(made);
        } catch (OperatorFailure e) {
            e.locate(where);
            throw e;
        }
    }

    /** Something may come back while the next record to go out is not there yet. */
    @Override
    protected boolean mayGoOnWithoutInput() {
        sendsFirst = false;
        return !outside.oneForOne() || !sent.isEmpty();
    }

    @Override
    protected void whenReady(Runnable ready) {
        waitsItself = false;
        work().whenReady(ready);
    }

    @Override
    protected Optional<Location> location() {
        return where.get();
    }

    @Override
    protected Supplier<Optional<Location>> locator() {
        return where;
    }

    @Override
    protected void inputNotWanted() {
        port.cancel();
    }

    @Override
    protected void closeInput() throws Exception {
        if (work != null) {
            work.close();
        }
    }
}

package dev.bag;

import dev.bag.plan.Plan;
import dev.bag.schedule.GuestThreads;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the records of a bag: each subscriber has a run of its own, which is read no further than it asks for, but for
 * one record that tells whether there are more.
 */
final class RecordPublisher<T> implements Publisher<T> {

    private final Plan<T> plan;
    private final Runner runner;

    RecordPublisher(Plan<T> plan, Runner runner) {
        this.plan = plan;
        this.runner = runner;
    }

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        Reading<T> reading = new Reading<>(Objects.requireNonNull(subscriber, "subscriber"), plan, runner);
        subscriber.onSubscribe(reading);
        reading.subscribed();
    }

    /**
     * One subscription.
     *
     * <p>Protocol. {@code isAtWork} says whether a thread reads and signals. The call that finds it unset, and something to do,
     * sets it and starts that thread; the thread unsets it when it finds nothing to do. All look under the lock of this, so
     * nothing is overlooked, and one thread at a time signals. To cancel interrupts the thread if it reads, so that it
     * waits for no record any longer; under the lock, too, so that the interrupt comes while it reads or not at all.
     */
    private static final class Reading<T> implements Subscription {

        private final Plan<T> plan;
        private final Runner runner;
        /** This and those down to the stream: guarded by this. Null after the last signal, and when it has cancelled. */
        private @Nullable Subscriber<? super T> subscriber;

        private long wanted;
        private boolean isSubscribed;
        private boolean isAtWork;
        /** Whether to look if the records have ended, though none is wanted. */
        private boolean looksAhead;

        private @Nullable Throwable complaint;
        private @Nullable Thread reader;
        /** Of the thread at work, or of nobody. */
        private @Nullable Stream<T> stream;

        private @Nullable Iterator<T> records;

        Reading(Subscriber<? super T> subscriber, Plan<T> plan, Runner runner) {
            this.subscriber = subscriber;
            this.plan = plan;
            this.runner = runner;
        }

        /** The subscriber knows this, and may be told more. */
        synchronized void subscribed() {
            isSubscribed = true;
            goOn();
        }

        @Override
        public synchronized void request(long count) {
            if (count < 1) {
                complaint = new IllegalArgumentException(
                        "request(" + count + "): at least 1 record must be asked for (Reactive Streams, rule 3.9)");
            } else {
                wanted = wanted + count < 0 ? Long.MAX_VALUE : wanted + count;
            }
            goOn();
        }

        @Override
        public synchronized void cancel() {
            subscriber = null;
            if (reader != null) {
                reader.interrupt();
            }
            goOn();
        }

        /** Starts a thread if there is something to do and none is at work. Holds the lock. */
        private void goOn() {
            boolean hasWork = subscriber == null ? stream != null : isSubscribed && (wanted > 0 || complaint != null);
            if (hasWork && !isAtWork) {
                isAtWork = true;
                GuestThreads.start(this::work);
            }
        }

        /** Something to tell: one of these, or nothing, if the thread was only to look ahead. */
        private record Signal<T>(
                @Nullable T record, boolean isEnd, @Nullable Throwable failure) {

            boolean isLast() {
                return isEnd || failure != null;
            }
        }

        private void work() {
            for (Subscriber<? super T> told = begin(); told != null; told = begin()) {
                Signal<T> signal = read();
                if (!isStillWanted(signal)) {
                    break;
                }
                if (signal.isLast()) {
                    close();
                }
                tell(told, signal);
            }
        }

        /** Returns the subscriber if there is something to do for it; or null, with no thread at work. */
        private @Nullable Subscriber<? super T> begin() {
            synchronized (this) {
                Subscriber<? super T> told = subscriber;
                if (told != null && (wanted > 0 || complaint != null || looksAhead)) {
                    reader = Thread.currentThread();
                    return told;
                }
                isAtWork = false;
                if (told != null) {
                    return null;
                }
            }
            close();
            return null;
        }

        private Signal<T> read() {
            boolean mayTake;
            synchronized (this) {
                mayTake = wanted > 0;
                looksAhead = false;
                if (complaint != null) {
                    return new Signal<>(null, false, complaint);
                }
            }
            try {
                Iterator<T> all = records();
                boolean isEnd = !all.hasNext();
                return new Signal<>(mayTake && !isEnd ? all.next() : null, isEnd, null);
            } catch (Throwable e) {
                return new Signal<>(null, false, e);
            }
        }

        private Iterator<T> records() {
            if (records == null) {
                Stream<T> opened = RecordStream.of(plan, runner);
                synchronized (this) {
                    stream = opened;
                }
                records = opened.iterator();
            }
            return records;
        }

        /** Takes note of what is about to be told; false, with all closed, if it has cancelled meanwhile. */
        private boolean isStillWanted(Signal<T> signal) {
            synchronized (this) {
                reader = null;
                Thread.interrupted();
                if (subscriber != null) {
                    if (signal.record() != null) {
                        wanted -= wanted == Long.MAX_VALUE ? 0 : 1;
                        looksAhead = wanted == 0;
                    }
                    subscriber = signal.isLast() ? null : subscriber;
                    return true;
                }
            }
            close();
            return false;
        }

        private void tell(Subscriber<? super T> told, Signal<T> signal) {
            try {
                if (signal.failure() != null) {
                    told.onError(signal.failure());
                } else if (signal.isEnd()) {
                    told.onComplete();
                } else if (signal.record() != null) {
                    told.onNext(signal.record());
                }
            } catch (Throwable e) { // it must not throw; one that does is told no more
                cancel();
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }

        private void close() {
            Stream<T> open;
            synchronized (this) {
                open = stream;
                stream = null;
            }
            if (open != null) {
                try {
                    open.close();
                } catch (RuntimeException e) {
                    // nobody is left to be told, and what could be closed is closed
                }
            }
        }
    }
}

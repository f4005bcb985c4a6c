package dev.bag.process;

import dev.bag.schedule.Execution;
import dev.bag.schedule.Guest;
import dev.bag.schedule.GuestThreads;
import dev.bag.trait.Outside;
import dev.bag.value.Command;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Records as lines through one child for each partition. */
public record Pipe<T>(Command command) implements Outside<T, String> {

    /** Checks that the command leaves its standard input to the records. */
    public Pipe {
        if (command.input().isPresent()) {
            throw new IllegalArgumentException("pipe(" + command
                    + "): a command with input(…) reads that, and not the records. Leave input(…) away");
        }
    }

    @Override
    public boolean oneForOne() {
        return false;
    }

    @Override
    public Work<T, String> open(Object task) {
        return new OnePartition<>(command, task, Execution.current());
    }

    /**
     * The child of one partition. It is started when the partition has its seat and its first record is wanted.
     *
     * <p>Threads: one at a time uses this. Three pumps move bytes. A fourth, the <i>watch</i>, waits until the child has ended
     * and ends it if that takes too long, or if the run stops, of which it is a visitor: so the run is not over before the child
     * is.
     *
     * <p>Protocol of waiting: as in {@code dev.bag.outside}: the user leaves a {@code waiter} and looks once more; a pump first
     * changes something and then takes the waiter.
     */
    private static final class OnePartition<T> implements Work<T, String> {

        private final Command command;
        private final @Nullable Execution execution;
        private final Seats.@Nullable Seat seat;
        private final PipeInput input = new PipeInput(this::wake);
        private final PipeOutput output;
        private final AtomicReference<@Nullable Runnable> waiter = new AtomicReference<>();
        /** When the child has ended, with all that it has printed. */
        private final CountDownLatch end = new CountDownLatch(1);

        private @Nullable Child child;
        private boolean hasBegun;
        private boolean lacksRoom;

        OnePartition(Command command, Object task, @Nullable Execution execution) {
            this.command = command;
            this.execution = execution;
            this.output = new PipeOutput(command, this::wake);
            this.seat = execution == null ? null : Seats.of(execution).ask(task, this::wake);
        }

        private boolean mayBegin() {
            return seat == null || seat.isGranted();
        }

        private boolean isRoom() {
            return hasBegun ? input.hasRoom() : mayBegin();
        }

        @Override
        public boolean hasRoom() {
            if (!hasBegun && mayBegin()) {
                begin();
            }
            boolean isRoom = isRoom();
            lacksRoom = !isRoom;
            return isRoom;
        }

        private void begin() {
            hasBegun = true;
            try {
                Child started = Child.start(command);
                child = started;
                GuestThreads.startPlatform(() -> input.writeAll(started.input()));
                GuestThreads.startPlatform(() -> read(started));
                GuestThreads.start(() -> watch(started));
            } catch (Throwable e) {
                output.end(e);
            }
        }

        /** On a pump. */
        private void read(Child started) {
            @Nullable Throwable failure = null;
            try {
                output.readAll(started.output());
                started.check(started.awaitEnd());
            } catch (Throwable e) {
                failure = e;
            }
            input.giveUp();
            end.countDown();
            output.end(failure);
        }

        private void watch(Child started) {
            if (execution == null || execution.isAlone()) {
                awaitEnd(started);
            } else if (!Guest.during(execution, () -> awaitEnd(started))) {
                started.kill();
            }
        }

        private void awaitEnd(Child started) {
            try {
                if (command.timeout().isEmpty()) {
                    end.await();
                } else if (!end.await(command.timeout().get().toNanos(), TimeUnit.NANOSECONDS)) {
                    output.end(Pumps.timeout(started));
                    started.kill();
                }
            } catch (InterruptedException e) {
                output.end(e);
                started.kill();
            }
        }

        @Override
        public void take(T record) throws IOException {
            input.put(record);
        }

        @Override
        public void end() {
            input.end();
        }

        @Override
        public boolean isReady() {
            return output.isReady();
        }

        @Override
        public String next() throws Throwable {
            return output.next();
        }

        @Override
        public boolean hasEnded() {
            return output.hasEnded();
        }

        @Override
        public void whenReady(Runnable ready) {
            input.flush();
            waiter.set(ready);
            if (isReady() || hasEnded() || (lacksRoom && isRoom())) {
                wake();
            }
        }

        private void wake() {
            Runnable ready = waiter.getAndSet(null);
            if (ready != null) {
                ready.run();
            }
        }

        @Override
        public void close() {
            waiter.set(null);
            boolean hasEndedItself = end.getCount() == 0;
            output.end(null);
            input.giveUp();
            Child started = child;
            if (started != null && !hasEndedItself) {
                started.kill();
            }
            end.countDown();
            if (seat != null) {
                seat.giveBack();
            }
        }
    }
}

package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.value.Storage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The program that {@link FullHeapTest} runs in JVMs with a small heap: an {@link Action} on records of a megabyte, of
 * which there are many times as many as fit. Where the result needs few of them at a time it must be right; where it needs
 * all of them the heap is full. Either way the action ends, and the runner computes something else afterwards.
 */
final class FullHeap {

    private static final int LENGTH = 1_000_000;

    private FullHeap() {}

    /** What is done with records of {@link #LENGTH} bytes each. */
    enum Action {
        STREAM {
            @Override
            long run(Bag<byte[]> bag, Runner runner) {
                return bag.stream(runner).mapToLong(bytes -> bytes.length).sum();
            }
        },
        STREAM_SLOWLY {
            @Override
            long run(Bag<byte[]> bag, Runner runner) {
                return bag.stream(runner)
                        .mapToLong(bytes -> bytes.length
                                + IntStream.range(0, LENGTH).map(i -> bytes[i]).sum())
                        .sum();
            }
        },
        STREAM_TO_LIST {
            @Override
            long run(Bag<byte[]> bag, Runner runner) {
                return sum(bag.stream(runner).toList());
            }
        },
        STREAM_ABANDONED {
            @Override
            long run(Bag<byte[]> bag, Runner runner) {
                for (int i = 0; i < 3; i++) {
                    Iterator<byte[]> records = bag.stream(runner).iterator();
                    assertThat(records.next()).hasSize(LENGTH);
                }
                return WHOLE;
            }
        },
        COMPUTE {
            @Override
            long run(Bag<byte[]> bag, Runner runner) {
                return sum(bag.compute(runner));
            }
        },
        TAKE {
            @Override
            long run(Bag<byte[]> bag, Runner runner) {
                return sum(bag.take(RECORDS, runner));
            }
        },
        COMPUTE_ASYNC {
            @Override
            long run(Bag<byte[]> bag, Runner runner) {
                CompletableFuture<List<byte[]>> list = bag.fold(Folds.toList()).computeAsync(runner);
                while (!list.isDone()) { // to join takes an object, for which the run may have left no room
                    LockSupport.parkNanos(1_000_000);
                }
                return sum(list.join());
            }
        },
        COMPUTE_ALL {
            @Override
            long run(Bag<byte[]> bag, Runner runner) {
                Delayed<List<byte[]>> all = bag.fold(Folds.toList());
                Delayed<Long> count = bag.count();
                Results results = Delayed.computeAll(runner, count, all);
                return results.get(count) * sum(results.get(all));
            }
        },
        FOR_EACH {
            @Override
            long run(Bag<byte[]> bag, Runner runner) {
                AtomicLong sum = new AtomicLong();
                bag.forEach(bytes -> sum.addAndGet(bytes.length), runner);
                return sum.get();
            }
        },
        FOR_EACH_PARTITION {
            @Override
            long run(Bag<byte[]> bag, Runner runner) {
                AtomicLong sum = new AtomicLong();
                bag.forEachPartition(records -> records.forEachRemaining(bytes -> sum.addAndGet(bytes.length)), runner);
                return sum.get();
            }
        },
        GENERATED {
            @Override
            long run(Bag<byte[]> bag, Runner runner) {
                Bag<byte[]> half = Bag.generate(() -> IntStream.range(0, RECORDS / 2)
                        .mapToObj(i -> new byte[LENGTH])
                        .iterator());
                return half.concat(half).sumLong(bytes -> bytes.length).compute(runner);
            }
        },
        PERSIST {
            @Override
            long run(Bag<byte[]> bag, Runner runner) {
                try (Persisted<byte[]> kept = bag.persist(Storage.DISK, runner)) {
                    return kept.bag().sumLong(bytes -> bytes.length).compute(runner);
                }
            }
        };

        abstract long run(Bag<byte[]> bag, Runner runner);
    }

    private static final int RECORDS = Integer.getInteger("records", 0);
    private static final long WHOLE = (long) RECORDS * LENGTH;

    private static long sum(List<byte[]> all) {
        return all.stream().mapToLong(bytes -> bytes.length).sum();
    }

    private static boolean isOutOfMemory(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRight(Action action, Bag<byte[]> bag, Runner runner) {
        try {
            assertThat(action.run(bag, runner)).isEqualTo(WHOLE);
            return true;
        } catch (BagException | CompletionException | OutOfMemoryError e) {
            if (!isOutOfMemory(e)) {
                throw e;
            }
            return false;
        }
    }

    /** Runs the actions in the property {@code actions} on so many {@code threads}, and prints how each ends. */
    public static void main(String[] args) {
        List<String> ends = new ArrayList<>();
        int threads = Integer.getInteger("threads");
        Runner runner =
                threads == 0 ? Runner.inline() : Runner.local().threads(threads).build();
        for (String name : System.getProperty("actions").split(",")) {
            Bag<byte[]> bag = Bag.range(0, RECORDS, 4).map(x -> new byte[LENGTH]);
            boolean right = isRight(Action.valueOf(name), bag, runner);
            ends.add(name + (right ? " right" : " out of memory"));
            assertThat(Bag.range(0, 1000, 10).sumLong(n -> n).compute(runner)).isEqualTo(499_500);
        }
        System.out.println("ended " + ends);
    }
}

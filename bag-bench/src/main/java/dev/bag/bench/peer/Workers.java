package dev.bag.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thread for each processor, and the sum of what they have counted. */
final class Workers implements AutoCloseable {

    private final ExecutorService executor =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private final List<Future<StatusTable>> tables = new ArrayList<>();

    void submit(Callable<StatusTable> task) {
        tables.add(executor.submit(task));
    }

    StatusTable sum() throws Exception {
        StatusTable sum = new StatusTable();
        for (Future<StatusTable> table : tables) {
            sum.addAll(table.get());
        }
        return sum;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}

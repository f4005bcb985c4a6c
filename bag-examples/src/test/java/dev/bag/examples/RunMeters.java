package dev.bag.examples;

import dev.bag.Report;
import dev.bag.RunListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Counts runs for Micrometer: a timer of runs by outcome, what they have read, spilled and tried again, and what functions
 * have counted.
 *
 * <pre>{@code
 * Runner runner = Runner.local().listener(new RunMeters(registry)).build();
 * }</pre>
 */
public final class RunMeters implements RunListener {

    private final MeterRegistry registry;

    /** Counts in {@code registry}. */
    public RunMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void runEnded(Report report) {
        Timer.builder("bag.runs")
                .tag("outcome", report.isSuccessful() ? "success" : "failure")
                .register(registry)
                .record(report.elapsed());
        counter("bag.records.read").increment(report.recordsRead());
        counter("bag.records.left.out").increment(report.leftOut().records());
        counter("bag.bytes.read").increment(report.bytesRead());
        counter("bag.bytes.spilled").increment(report.spilledBytes());
        counter("bag.tasks.retried").increment(report.retries());
        report.counters()
                .forEach((name, count) -> Counter.builder("bag.counted")
                        .tag("counter", name)
                        .register(registry)
                        .increment(count));
    }

    private Counter counter(String name) {
        return Counter.builder(name).register(registry);
    }
}

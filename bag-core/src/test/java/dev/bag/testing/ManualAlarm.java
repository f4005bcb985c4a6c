package dev.bag.testing;

import dev.bag.schedule.Alarm;
import java.util.ArrayList;
import java.util.List;

/** An alarm whose time stands still until a test lets it go on. */
public final class ManualAlarm implements Alarm {

    private record Entry(long at, Runnable work) {}

    /** Guarded by this, as the two below. */
    private final List<Entry> entries = new ArrayList<>();

    private final List<Long> waits = new ArrayList<>();
    private long now;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Runnable after(long nanos, Runnable work) {
        Entry entry = new Entry(now + nanos, work);
        waits.add(nanos);
        entries.add(entry);
        return () -> forget(entry);
    }

    private synchronized void forget(Entry entry) {
        entries.remove(entry);
    }

    /** How many things are to be done. */
    public synchronized int pending() {
        return entries.size();
    }

    /** All waits so far. */
    public synchronized List<Long> waits() {
        return List.copyOf(waits);
    }

    /** Lets so much time go by. */
    public void advance(long nanos) {
        List<Entry> due = new ArrayList<>();
        synchronized (this) {
            now += nanos;
            for (Entry entry : entries) {
                if (entry.at() <= now) {
                    due.add(entry);
                }
            }
            entries.removeAll(due);
        }
        due.forEach(entry -> entry.work().run());
    }
}

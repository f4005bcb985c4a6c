package dev.bag.schedule;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does things later, so that no thread waits for them. */
public interface Alarm {

    /** Returns the time in nanoseconds, of which only differences mean something. */
    long nanoTime();

    /**
     * Runs {@code work}, which must be short, on another thread after {@code nanos}.
     *
     * @return what takes that back
     */
    Runnable after(long nanos, Runnable work);

    /** Returns the alarm of this process, by {@link System#nanoTime}. Its thread ends when nothing is to be done. */
    static Alarm ofProcess() {
        return OfProcess.ALARM;
    }

    /** The alarm of this process. */
    final class OfProcess implements Alarm {

        private static final Alarm ALARM = new OfProcess();
        private static final int IDLE_SECONDS = 1;

        private final ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, work -> daemon("bag-timer", work));

        private OfProcess() {
            timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
            timer.allowCoreThreadTimeOut(true);
            timer.setRemoveOnCancelPolicy(true);
        }

        static Thread daemon(String name, Runnable work) {
            Thread thread = new Thread(null, work, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null); // it must keep no class loader from being collected
            return thread;
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Runnable after(long nanos, Runnable work) {
            var scheduled = timer.schedule(work, nanos, TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        }
    }
}

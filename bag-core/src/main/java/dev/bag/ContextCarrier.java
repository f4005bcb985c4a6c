package dev.bag;

/**
 * Carries what belongs to the calling thread into the functions of a run, such as the MDC of a logging library, the
 * current span of a tracing one, or the user of a request; see {@link Runner.Builder#context}. The context class loader
 * of the calling thread is carried anyway.
 *
 * <pre>{@code
 * Runner runner = Runner.local()
 *         .context(() -> {
 *             Map<String, String> fields = MDC.getCopyOfContextMap();
 *             return () -> {
 *                 MDC.setContextMap(fields);
 *                 return MDC::clear;
 *             };
 *         })
 *         .build();
 * }</pre>
 */
@FunctionalInterface
public interface ContextCarrier {

    /**
     * Takes what is to be carried. Called once for each run, on the thread that starts the action, or reads the first
     * record of a stream.
     */
    Context capture();

    /** What is carried. Opened by several threads at once. */
    @FunctionalInterface
    interface Context {

        /**
         * Lets the calling thread, which is one of the runner, have the context: before each task. The thread that has
         * started the action has it already, so it is not asked where that works on a task itself.
         *
         * @return closed after the task, by the same thread; takes the context away again
         * @throws Exception fails the run, as one from closing does
         */
        AutoCloseable open() throws Exception;
    }
}

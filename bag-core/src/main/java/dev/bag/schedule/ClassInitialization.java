package dev.bag.schedule;

/**
 * Whether the calling thread is inside a static initialiser. The functions of a plan built there often belong to the
 * class that is being initialised; another thread that calls one waits until the initialiser has ended, which waits for
 * that thread: a deadlock without a message. So such a run stays on the calling thread, which may call them.
 */
final class ClassInitialization {

    private ClassInitialization() {}

    static boolean isRunningOnThisThread() {
        for (StackTraceElement frame : new Throwable().getStackTrace()) {
            if (frame.getMethodName().equals("<clinit>")) {
                return true;
            }
        }
        return false;
    }
}

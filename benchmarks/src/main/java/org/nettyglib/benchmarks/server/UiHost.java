package org.nettyglib.benchmarks.server;

/** What iterates GLib's default context, on the main thread. */
interface UiHost extends AutoCloseable {

    /** Iterates the context until {@link #close()}. */
    void run();

    /** Starts or stops an animation. On the thread that iterates. */
    void animate(boolean on);

    /** Makes {@link #run()} return. On the thread that iterates. */
    @Override
    void close();
}

package org.nettyglib.benchmarks.server;

import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;

/** Stands for the thread of a user interface: it runs a GMainLoop and knows nothing of Netty. */
final class UiThread implements AutoCloseable {

    private final MainLoop loop;
    private final Thread thread;

    private UiThread(MainContext context) {
        loop = new MainLoop(context, false);
        thread = new Thread(loop::run, "bench-ui");
    }

    static UiThread start(MainContext context) {
        UiThread ui = new UiThread(context);
        ui.thread.start();
        return ui;
    }

    Thread get() {
        return thread;
    }

    /** Ends the main loop and waits for the thread. */
    @Override
    public void close() throws InterruptedException {
        // A loop that was not entered yet would not notice.
        while (thread.isAlive()) {
            loop.quit();
            thread.join(10);
        }
    }
}

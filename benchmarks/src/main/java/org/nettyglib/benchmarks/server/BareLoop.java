package org.nettyglib.benchmarks.server;

import org.gnome.glib.MainLoop;

/** A GMainLoop on the default context, without any window. */
final class BareLoop implements UiHost {

    private final MainLoop loop = new MainLoop(null, false);

    @Override
    public void run() {
        loop.run();
    }

    /** There is nothing to see. */
    @Override
    public void animate(boolean on) {}

    @Override
    public void close() {
        loop.quit();
    }
}

package org.nettyglib.benchmarks.gio;

import org.gnome.glib.MainLoop;
import org.jspecify.annotations.Nullable;

/** The calling thread runs a GMainLoop on GLib's default context, as a program on java-gi alone does. */
final class MainLoopHost implements Host {

    private final MainLoop loop = new MainLoop(null, false);

    /** No result comes before the loop runs, as GIO calls nobody back from a call that starts an operation. */
    @Override
    public String run(Operation operation, Flight.Plan plan) throws Exception {
        End end = new End();
        Flight flight = new Flight(operation, plan, end);
        flight.start();
        loop.run();
        end.check();
        return flight.result();
    }

    @Override
    public void close() {}

    private final class End implements Flight.Landing {
        private @Nullable Throwable failure;

        @Override
        public void landed() {
            loop.quit();
        }

        @Override
        public void failed(Throwable cause) {
            failure = cause;
            loop.quit();
        }

        void check() {
            if (failure != null) {
                throw new IllegalStateException("an operation failed", failure);
            }
        }
    }
}

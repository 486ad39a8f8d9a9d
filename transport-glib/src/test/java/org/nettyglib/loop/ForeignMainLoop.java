package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.nettyglib.channel.Await;

/** A plain {@code GMainLoop} on a context of its own, in a thread that knows nothing of Netty. */
final class ForeignMainLoop implements AutoCloseable {
    private final MainContext context = new MainContext();
    private final MainLoop mainLoop = new MainLoop(context, false);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("foreign-main-loop").unstarted(mainLoop::run);

    MainContext context() {
        return context;
    }

    Thread thread() {
        return thread;
    }

    void start() {
        thread.start();
    }

    /** Ends it, as GLib allows from any thread, and waits for its thread. */
    @Override
    public void close() throws InterruptedException {
        // What quits before it runs would run for ever; closed twice, it has ended.
        Await.until(() -> mainLoop.isRunning() || !thread.isAlive(), () -> "the main loop runs");
        mainLoop.quit();
        thread.join(TimeUnit.SECONDS.toMillis(LoopFixture.TIMEOUT_SECONDS));
        assertThat(thread.isAlive()).as("the main loop goes on").isFalse();
    }
}

package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.MainContext;
import org.gnome.glib.Source;
import org.gnome.glib.SourceFunc;
import org.nettyglib.loop.LoopFixture;

/** An event loop of any kind, and its end. */
final class GioLoop implements AutoCloseable {
    /** What ends a loop. */
    interface End {
        void end() throws Exception;
    }

    private final EventLoop loop;
    private final End end;

    GioLoop(EventLoop loop, End end) {
        this.loop = loop;
        this.end = end;
    }

    EventLoop loop() {
        return loop;
    }

    /** Runs something on the loop's thread and waits for it. */
    <T> T call(Callable<T> task) throws Exception {
        return loop.submit(task).get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** The same for what returns nothing: afterwards all that was handed in before is done. */
    void run(Runnable task) throws Exception {
        loop.submit(task).get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** The context that operations of this loop end in. */
    MainContext context() throws Exception {
        return call(MainContext::refThreadDefault);
    }

    /** Attaches a GLib source to the loop's context, as code that knows nothing of Netty does. */
    void attach(Source source, SourceFunc callback) throws Exception {
        source.setCallback(callback);
        source.attach(context());
    }

    /** What is under way on the loop. */
    int underWay() throws Exception {
        return call(() -> LoopMembers.of(loop).size());
    }

    @Override
    public void close() throws Exception {
        end.end();
    }
}

package org.nettyglib.examples.timers;

import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.GLib;
import org.nettyglib.loop.GLibEventLoopGroup;

/**
 * A timeout of GLib's, added in {@code main} as any GLib program does, and a timer of Netty's tick in turn in one thread. What they share
 * needs no lock.
 */
public final class GLibTimers {

    private static final int TICKS = 5;
    private static final int MILLIS = 200;

    /** Only touched by the loop's thread. */
    private int ticks;

    /** The same. */
    private final Set<String> ticked = new HashSet<>();

    private final CountDownLatch done = new CountDownLatch(1);

    private GLibTimers() {}

    /**
     * Ticks for a second.
     *
     * @param args none
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        GLibEventLoopGroup group = new GLibEventLoopGroup();
        new GLibTimers().run(group.next());
        group.shutdownGracefully().sync();
    }

    private void run(EventLoop loop) throws InterruptedException {
        GLib.timeoutAdd(GLib.PRIORITY_DEFAULT, MILLIS, () -> {
            tick(loop, "a timeout of GLib's");
            return done.getCount() > 0 ? GLib.SOURCE_CONTINUE : GLib.SOURCE_REMOVE;
        });
        loop.scheduleAtFixedRate(() -> tick(loop, "a timer of Netty's"), MILLIS / 2, MILLIS, TimeUnit.MILLISECONDS);
        done.await();
    }

    private void tick(EventLoop loop, String what) {
        System.out.printf(
                "%d  %s on %s, in the event loop: %s%n",
                ++ticks, what, Thread.currentThread().getName(), loop.inEventLoop());
        ticked.add(what);
        // On a busy machine one of them may begin late.
        if (ticks >= 2 * TICKS && ticked.size() == 2) {
            done.countDown();
        }
    }
}

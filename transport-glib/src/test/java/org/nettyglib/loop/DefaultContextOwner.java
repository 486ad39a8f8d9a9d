package org.nettyglib.loop;

import java.util.concurrent.CountDownLatch;
import org.gnome.glib.MainContext;

/** A thread that owns GLib's default context. */
final class DefaultContextOwner implements AutoCloseable {
    private final CountDownLatch owned = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().start(this::own);

    private void own() {
        MainContext context = MainContext.default_();
        acquire(context);
        owned.countDown();
        awaitQuietly(done);
        context.release();
    }

    /** Makes the calling thread the owner of a context that another owns for a moment at most, as java-gi's cleaner does. */
    static void acquire(MainContext context) {
        while (!context.acquire()) {
            Thread.onSpinWait();
        }
    }

    /** Returns when the thread is the owner. */
    DefaultContextOwner await() {
        awaitQuietly(owned);
        return this;
    }

    boolean isOver() {
        return done.getCount() == 0;
    }

    /** Gives the context back, sooner or later. */
    void release() {
        done.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        release();
        thread.join();
    }
}

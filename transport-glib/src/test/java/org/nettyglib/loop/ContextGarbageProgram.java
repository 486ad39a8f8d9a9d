package org.nettyglib.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.Source;

/** Leaves contexts and java-gi's sources in them to the collector, which finds both at once. */
final class ContextGarbageProgram {
    private static final int THREADS = 2;
    private static final int LOOPS = 600;
    private static final int SOURCES = 20;
    private static final long BETWEEN_COLLECTIONS_MILLIS = 15;

    private ContextGarbageProgram() {}

    public static void main(String[] args) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread collector = Thread.ofPlatform().start(() -> collect(over));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(ContextGarbageProgram::litter));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        over.set(true);
        collector.join();
        System.out.println("end");
    }

    private static void collect(AtomicBoolean over) {
        while (!over.get()) {
            System.gc();
            try {
                Thread.sleep(BETWEEN_COLLECTIONS_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void litter() {
        for (int i = 0; i < LOOPS; i++) {
            GLibEventLoopGroup group = new GLibEventLoopGroup(1);
            MainContext context = ((GLibEventLoop) group.next()).mainContext();
            for (int j = 0; j < SOURCES; j++) {
                Source source = GLib.idleSourceNew();
                source.attach(context);
                source.destroy();
            }
            group.shutdownGracefully(0, LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .syncUninterruptibly();
        }
    }
}

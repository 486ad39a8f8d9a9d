package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.gio.File;
import org.gnome.gio.FileInfo;
import org.gnome.gio.FileQueryInfoFlags;
import org.gnome.glib.GLib;
import org.gnome.gobject.GObject;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.loop.GLibTransport;

/** 100,000 operations of java-gi's leave nothing behind. */
class GioFuturesManyTest {
    private static final int OPERATIONS = 50_000;
    private static final int WARM_UP = 5_000;
    private static final int UNDER_WAY = 32;

    private static final int LOOKS = 50;

    /** One more function pointer for each operation would take ten times as much. */
    private static final long CODE_CACHE_BOUND = 4L << 20;

    /** Three hundred bytes for each operation; the JVM needs some of it for itself. */
    private static final long NATIVE_HEAP_BOUND = 15L << 20;

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @EnumSource(names = {"OWN_THREAD", "ATTACHED"})
    void shouldLeaveNothingBehind(GioLoopKind kind) throws Exception {
        GLibTransport.initJavaGi();
        File file = File.newForPath(
                Files.writeString(directory.resolve("file"), "content").toString());
        Idle idle = Idle.now();
        Footprint before;
        Footprint after;
        try (GioLoop loop = kind.open()) {
            query(loop, file, WARM_UP);
            before = Footprint.of((GObject) file, idle);
            query(loop, file, OPERATIONS);
            after = settled(file, idle, before);
        }
        System.out.printf("%,d operations on %s: %s, then %s%n", OPERATIONS, kind, before, after);
        assertThat(after.stubs()).as("function pointers").isLessThanOrEqualTo(Math.max(before.stubs(), 2 * UNDER_WAY));
        assertThat(after.codeCache() - before.codeCache())
                .as("growth of the code cache")
                .isLessThan(CODE_CACHE_BOUND);
        assertThat(after.references()).as("references of the file").isLessThanOrEqualTo(before.references());
        assertThat(after.descriptors()).as("descriptors").isLessThanOrEqualTo(before.descriptors());
        assertThat(after.nativeHeap() - before.nativeHeap())
                .as("growth of C's memory")
                .isLessThan(NATIVE_HEAP_BOUND);
    }

    /** What the JVM's compiler needs meanwhile, and what waits for the collector, goes again. */
    private static Footprint settled(File file, Idle idle, Footprint before) throws InterruptedException {
        Footprint footprint = Footprint.of((GObject) file, idle);
        for (int i = 0; i < LOOKS && !isWithinBounds(footprint, before); i++) {
            footprint = Footprint.of((GObject) file, idle);
        }
        return footprint;
    }

    private static boolean isWithinBounds(Footprint footprint, Footprint before) {
        return footprint.codeCache() - before.codeCache() < CODE_CACHE_BOUND
                && footprint.references() <= before.references()
                && footprint.descriptors() <= before.descriptors()
                && footprint.nativeHeap() - before.nativeHeap() < NATIVE_HEAP_BOUND;
    }

    /** A quarter of them is cancelled at some time. */
    private static void query(GioLoop loop, File file, int operations) throws Exception {
        Semaphore underWay = new Semaphore(UNDER_WAY);
        CountDownLatch over = new CountDownLatch(operations);
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < operations; i++) {
            underWay.acquire();
            GioFuture<FileInfo> future = GioFutures.start(
                    loop.loop(),
                    (cancellable, ready) -> file.queryInfoAsync(
                            "standard::size", FileQueryInfoFlags.NONE, GLib.PRIORITY_DEFAULT, cancellable, ready),
                    file::queryInfoFinish);
            future.addListener(done -> {
                if (!done.isSuccess() && !done.isCancelled()) {
                    failed.incrementAndGet();
                }
                underWay.release();
                over.countDown();
            });
            if (i % 4 == 0) {
                future.cancel(false);
            }
        }
        assertThat(over.await(120, TimeUnit.SECONDS)).as("all end").isTrue();
        assertThat(failed).as("failures").hasValue(0);
    }
}

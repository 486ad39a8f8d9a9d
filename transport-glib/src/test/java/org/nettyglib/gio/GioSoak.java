package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.gnome.gio.File;
import org.gnome.gobject.GObject;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.PrivateBus;

/**
 * Does operations of each {@link SoakPart} by the million, on each kind of loop, and looks at what they leave behind. Ends with 0
 * only if that is nothing.
 */
final class GioSoak {
    private static final int UNDER_WAY = 64;
    private static final int STEPS = 10;

    /** After these the JVM has compiled what there is to compile. */
    private static final int WARM_UP_STEPS = 2;

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Idle idle = Idle.now();
    private final SoakPart.Stage stage;
    private final Set<SoakPart> parts;

    private GioSoak(SoakPart.Stage stage, Set<SoakPart> parts) {
        this.stage = stage;
        this.parts = parts;
    }

    /** @param args how many operations, and the parts, if not all */
    public static void main(String[] args) throws Exception {
        int operations = Integer.parseInt(args[0]);
        Set<SoakPart> parts = EnumSet.noneOf(SoakPart.class);
        Arrays.stream(args).skip(1).forEach(name -> parts.add(SoakPart.valueOf(name.toUpperCase(Locale.ROOT))));
        Path directory = Files.createTempDirectory("netty-glib-soak");
        Path path = Files.writeString(directory.resolve("file"), "content");
        boolean flat;
        try (PrivateBus bus = PrivateBus.start(directory)) {
            SoakPart.Stage stage = new SoakPart.Stage(File.newForPath(path.toString()), bus.connection());
            flat = new GioSoak(stage, parts.isEmpty() ? EnumSet.allOf(SoakPart.class) : parts).run(operations);
        } finally {
            Files.deleteIfExists(path);
            Files.deleteIfExists(directory.resolve("bus"));
            Files.deleteIfExists(directory);
        }
        System.exit(flat ? 0 : 1);
    }

    private boolean run(int operations) throws Exception {
        System.out.printf("%,d operations: %s%n%n", operations, parts);
        System.out.println("| operations | seconds | code cache KiB | function pointers | references | descriptors"
                + " | malloc KiB | resident KiB |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|---:|");
        List<Footprint> footprints = new ArrayList<>();
        int each = operations / STEPS / GioLoopKind.values().length / parts.size();
        int done = 0;
        long start = System.nanoTime();
        for (int step = 0; step < STEPS; step++) {
            for (GioLoopKind kind : GioLoopKind.values()) {
                try (GioLoop loop = kind.open()) {
                    for (SoakPart part : parts) {
                        operate(part, loop.loop(), each);
                        done += each;
                    }
                }
            }
            Footprint footprint = Footprint.of((GObject) stage.file(), idle);
            footprints.add(footprint);
            print(done, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), footprint);
        }
        return isFlat(footprints.get(WARM_UP_STEPS - 1), footprints.getLast());
    }

    private void operate(SoakPart part, EventLoop loop, int operations) throws InterruptedException {
        Semaphore free = new Semaphore(UNDER_WAY);
        for (int i = 0; i < operations; i++) {
            acquire(free, 1, part);
            part.start(loop, stage, i).addListener(done -> {
                if (!done.isSuccess()) {
                    failure.compareAndSet(null, done.cause());
                }
                free.release();
            });
        }
        acquire(free, UNDER_WAY, part);
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException(part + " failed", cause);
        }
    }

    private static void acquire(Semaphore free, int count, SoakPart part) throws InterruptedException {
        if (!free.tryAcquire(count, LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(part + ": operations do not end");
        }
    }

    private static void print(int operations, long seconds, Footprint footprint) {
        System.out.printf(
                "| %,d | %,d | %,d | %d | %d | %d | %,d | %,d |%n",
                operations,
                seconds,
                footprint.codeCache() >> 10,
                footprint.stubs(),
                footprint.references(),
                footprint.descriptors(),
                footprint.nativeHeap() >> 10,
                footprint.resident() >> 10);
    }

    private static boolean isFlat(Footprint before, Footprint after) {
        List<String> grown = new ArrayList<>();
        note(grown, "code cache", before.codeCache(), after.codeCache(), 4L << 20);
        // A cancelled future is done before its operation is over.
        note(grown, "function pointers", before.stubs(), after.stubs(), UNDER_WAY);
        note(grown, "references of the file", before.references(), after.references(), 0);
        note(grown, "descriptors", before.descriptors(), after.descriptors(), 0);
        note(grown, "malloc", before.nativeHeap(), after.nativeHeap(), 16L << 20);
        note(grown, "resident", before.resident(), after.resident(), 32L << 20);
        System.out.println(grown.isEmpty() ? "\nflat" : "\ngrown: " + grown);
        return grown.isEmpty();
    }

    private static void note(List<String> grown, String name, long before, long after, long bound) {
        if (after - before > bound) {
            grown.add(name + " by " + (after - before));
        }
    }
}

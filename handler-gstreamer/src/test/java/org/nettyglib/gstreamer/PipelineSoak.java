package org.nettyglib.gstreamer;

import io.netty.util.concurrent.Future;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/**
 * Makes, plays and closes pipelines on each kind of loop and looks at what they leave behind. Ends with 0 only if that is nothing. Runs
 * with {@code GST_TRACERS=leaks}.
 */
final class PipelineSoak {
    private static final int STEPS = 5;
    private static final int AT_ONCE = 8;

    /** What is still there then stays. */
    private static final long SETTLING_SECONDS = 30;

    private static final String[] DESCRIPTIONS = {
        "videotestsrc num-buffers=3 ! video/x-raw,width=64,height=48 ! fakesink",
        "audiotestsrc num-buffers=3 ! audioconvert ! queue ! fakesink",
        "videotestsrc is-live=true ! video/x-raw,width=64,height=48 ! tee name=t ! queue ! fakesink async=false"
                + " t. ! queue ! fakesink async=false",
        "appsrc ! fakesink",
        "filesrc location=/nowhere/at/all ! fakesink",
    };

    private PipelineSoak() {}

    private record Footprint(long objects, long codeCache, int descriptors, long resident, long threads) {
        private static final long PAGE_BYTES = 4096;

        static Footprint now() throws IOException, InterruptedException {
            for (int i = 0; i < 3; i++) {
                System.gc();
                Thread.sleep(100);
            }
            return new Footprint(
                    LiveObjects.now().total(),
                    ManagementFactory.getMemoryPoolMXBeans().stream()
                            .filter(pool -> pool.getName().startsWith("Code"))
                            .mapToLong(pool -> pool.getUsage().getUsed())
                            .sum(),
                    Objects.requireNonNull(new File("/proc/self/fd").list()).length,
                    // Field 2 of statm in proc(5).
                    PAGE_BYTES
                            * Long.parseLong(Files.readString(Path.of("/proc/self/statm"))
                                    .split(" ", -1)[1]),
                    Objects.requireNonNull(new File("/proc/self/task").list()).length);
        }

        String row(int pipelines, long seconds) {
            return String.format(
                    Locale.ROOT,
                    "| %,d | %,d | %d | %,d | %d | %d | %,d |",
                    pipelines,
                    seconds,
                    objects,
                    codeCache >> 10,
                    descriptors,
                    threads,
                    resident >> 10);
        }
    }

    /** @param args how many pipelines */
    public static void main(String[] args) throws Exception {
        int pipelines = Integer.parseInt(args[0]);
        GStreamer.requireElements(
                "appsrc", "audioconvert", "audiotestsrc", "fakesink", "filesrc", "queue", "tee", "videotestsrc");
        requireCounting();
        System.out.println(
                "| pipelines | seconds | live objects | code cache KiB | descriptors | threads | resident KiB |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|");
        List<Footprint> footprints = new ArrayList<>();
        long start = System.nanoTime();
        int done = 0;
        for (int step = 0; step < STEPS; step++) {
            for (LoopKind kind : LoopKind.values()) {
                int each = Math.max(1, pipelines / STEPS / LoopKind.values().length);
                try (LoopFixture fixture = kind.open()) {
                    run(fixture, each);
                }
                done += each;
            }
            Footprint footprint = Footprint.now();
            footprints.add(footprint);
            System.out.println(footprint.row(done, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)));
        }
        boolean flat = becomesFlat(footprints.get(STEPS / 2 - 1), footprints.getLast());
        System.exit(flat ? 0 : 1);
    }

    private static void requireCounting() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            GstPipeline pipeline = GstPipeline.parse(fixture.loop(), DESCRIPTIONS[0]);
            if (LiveObjects.now().total() < 5) {
                throw new IllegalStateException("the tracer counts nothing: " + LiveObjects.now());
            }
            Await.success(pipeline.close());
        }
    }

    private static void run(LoopFixture fixture, int count) throws Exception {
        List<Future<Void>> closing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            closing.add(one(fixture, i));
            if (closing.size() == AT_ONCE) {
                Await.success(closing.removeFirst());
            }
        }
        for (Future<Void> last : closing) {
            Await.success(last);
        }
    }

    private static Future<Void> one(LoopFixture fixture, int number) throws InterruptedException {
        GstPipeline pipeline = GstPipeline.parse(fixture.loop(), DESCRIPTIONS[number % DESCRIPTIONS.length]);
        pipeline.addListener(message -> {});
        Future<Void> playing = pipeline.play();
        switch (number / DESCRIPTIONS.length % 3) {
            case 0 -> playing.addListener(done -> pipeline.close());
            case 1 -> pipeline.endOfStream().addListener(done -> pipeline.close());
            default -> pipeline.close();
        }
        // Not every one of them plays or ends.
        fixture.loop().schedule(pipeline::close, 100, TimeUnit.MILLISECONDS);
        return pipeline.closeFuture();
    }

    /** Threads of GStreamer's own have objects for their last breath, and java-gi's wait for a collection. */
    private static boolean becomesFlat(Footprint before, Footprint after) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLING_SECONDS);
        List<String> grown = grown(before, after);
        while (!grown.isEmpty() && System.nanoTime() - end < 0) {
            grown = grown(before, Footprint.now());
        }
        System.out.println(grown.isEmpty() ? "\nflat" : "\ngrown: " + grown + "\n" + LiveObjects.now());
        return grown.isEmpty();
    }

    private static List<String> grown(Footprint before, Footprint after) {
        List<String> grown = new ArrayList<>();
        note(grown, "live objects", before.objects(), after.objects(), 0);
        note(grown, "code cache", before.codeCache(), after.codeCache(), 4L << 20);
        note(grown, "descriptors", before.descriptors(), after.descriptors(), 0);
        // Those of the last pipelines stay for some seconds.
        note(grown, "threads", before.threads(), after.threads(), 4 * AT_ONCE);
        note(grown, "resident", before.resident(), after.resident(), 24L << 20);
        return grown;
    }

    private static void note(List<String> grown, String name, long before, long after, long bound) {
        if (after - before > bound) {
            grown.add(name + " by " + (after - before));
        }
    }
}

package org.nettyglib.gstreamer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.gio.ProcessMemory;
import org.nettyglib.gstreamer.ffi.LibGstAppSrc;
import org.nettyglib.loop.GLibEventLoopGroup;

/**
 * One stream of 1 Mbit/s to 1,000 viewers by one event loop. A tenth of them never read; the others must not miss a frame, and the memory
 * must not grow. Ends with 0 only if that is so.
 */
final class MediaSoak {
    private static final int VIEWERS = 900;
    private static final int STALLED = 100;

    /** Descriptors and threads start, classes are compiled, slow viewers fill their buffers: so long nothing is compared. */
    private static final int WARM_UP_PARTS = 2;

    private static final int PARTS = 10;
    private static final int PART_SECONDS = 60;
    private static final long OPEN_SECONDS = 60;
    private static final long NATIVE_GROWTH = 8L << 20;
    private static final long RESIDENT_GROWTH = 16L << 20;

    private final GLibEventLoopGroup group = new GLibEventLoopGroup(1);
    private final GstPipeline pipeline =
            GstPipeline.parse(group.next(), "appsrc name=in max-bytes=0 ! appsink name=out sync=false max-buffers=64");
    private final AppSinkSource source = AppSinkSource.builder(pipeline, "out")
            .slowViewers(SlowViewerPolicy.dropToKeyFrame())
            .build();
    private final ScheduledExecutorService camera = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("camera").factory());
    private final long appsrc = pipeline.rawElement("in");
    private final AtomicLong pushed = new AtomicLong();

    private MediaSoak() {}

    /** @param args how many seconds, and the cores of the readers as taskset(1) lists them */
    public static void main(String[] args) throws Exception {
        boolean good = new MediaSoak().run(Integer.parseInt(args[0]), args[1]);
        System.out.println(good ? "\nflat, and nothing was missed" : "\nFAILED");
        System.exit(good ? 0 : 1);
    }

    private boolean run(int seconds, String readerCores) throws Exception {
        System.out.printf("%d seconds, %d viewers, %d of them never read%n%n", seconds, VIEWERS + STALLED, STALLED);
        System.out.println("| seconds | frames | viewers | dropped | malloc KiB | resident KiB | CPU % |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|");
        // Done with the first frame, for which all wait.
        Future<Void> playing = pipeline.play();
        Process reader = startReader(serve(), readerCores);
        try (BufferedReader lines = reader.inputReader()) {
            expect("open", lines.readLine());
            awaitViewers();
            ScheduledFuture<?> pushing =
                    camera.scheduleAtFixedRate(this::push, 0, 1_000_000 / SoakFrames.PER_SECOND, TimeUnit.MICROSECONDS);
            playing.sync();
            boolean flat = watch(seconds, reader, pushing);
            pushing.cancel(false);
            camera.shutdown();
            boolean stopped = camera.awaitTermination(OPEN_SECONDS, TimeUnit.SECONDS);
            long dropped = source.metrics().dropped();
            pipeline.sendEndOfStream();
            expect("end " + VIEWERS * pushed.get() + " " + (pushed.get() - 1), lines.readLine());
            end();
            return flat && stopped && isPlausible(dropped);
        } finally {
            reader.destroy();
        }
    }

    private int serve() throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, VIEWERS + STALLED)
                // A second of the reader's is no reason to drop.
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(128 << 10, 256 << 10))
                .childHandler(new Joining())
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Sharable
    private final class Joining extends ChannelInboundHandlerAdapter {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the viewers are counted
        public void channelActive(ChannelHandlerContext context) {
            source.add(context.channel());
            context.fireChannelActive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof IOException)) {
                cause.printStackTrace();
            }
        }
    }

    private static Process startReader(int port, String cores) throws IOException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", cores));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx128m", "-cp", System.getProperty("java.class.path")));
        command.add(MediaSoakReader.class.getName());
        command.addAll(List.of(Integer.toString(port), Integer.toString(VIEWERS), Integer.toString(STALLED)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void awaitViewers() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(OPEN_SECONDS);
        while (source.viewers() < VIEWERS + STALLED) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("only " + source.viewers() + " viewers have come");
            }
            Thread.sleep(10);
        }
    }

    private void push() {
        int result = LibGstAppSrc.gst_app_src_push_buffer(
                appsrc, GstBuffers.wrap(SoakFrames.make(pushed.getAndIncrement())));
        if (result != 0) {
            throw new IllegalStateException("the pipeline takes no more frames: " + result);
        }
    }

    private boolean watch(int seconds, Process reader, ScheduledFuture<?> pushing) throws InterruptedException {
        List<ProcessMemory> memory = new ArrayList<>();
        int parts = Math.max(PARTS, seconds / PART_SECONDS);
        long start = System.nanoTime();
        long cpu = cpuNanos();
        for (int part = 1; part <= parts; part++) {
            sleepUntil(start + TimeUnit.SECONDS.toNanos(seconds) * part / parts);
            if (!reader.isAlive() || pushing.isDone()) {
                System.out.println("\nended early: " + (reader.isAlive() ? "the camera" : "the reader"));
                return false;
            }
            long elapsed = System.nanoTime() - start;
            ProcessMemory now = ProcessMemory.now();
            memory.add(now);
            AppSinkMetrics metrics = source.metrics();
            System.out.printf(
                    "| %,d | %,d | %,d | %,d | %,d | %,d | %.0f |%n",
                    TimeUnit.NANOSECONDS.toSeconds(elapsed),
                    metrics.frames(),
                    metrics.viewers(),
                    metrics.dropped(),
                    now.nativeHeap() >> 10,
                    now.resident() >> 10,
                    100.0 * (cpuNanos() - cpu) / elapsed);
        }
        return isFlat(memory.get(WARM_UP_PARTS - 1), memory.getLast());
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(duration -> duration.toNanos())
                .orElse(0L);
    }

    private static boolean isFlat(ProcessMemory before, ProcessMemory after) {
        boolean flat = after.nativeHeap() - before.nativeHeap() <= NATIVE_GROWTH
                && after.resident() - before.resident() <= RESIDENT_GROWTH;
        if (!flat) {
            System.out.println("\ngrown: " + before + " became " + after);
        }
        return flat;
    }

    /** Those that do not read have missed frames, and are there still: otherwise this has shown nothing. */
    private boolean isPlausible(long dropped) {
        if (dropped == 0 || source.metrics().closedSlow() > 0) {
            System.out.println("\nwho does not read was not treated as slow: " + source.metrics());
            return false;
        }
        return true;
    }

    private void end() throws Exception {
        LibGobject.g_object_unref(appsrc);
        pipeline.close().get(OPEN_SECONDS, TimeUnit.SECONDS);
        group.shutdownGracefully(0, OPEN_SECONDS, TimeUnit.SECONDS).sync();
    }

    private static void expect(String expected, String line) {
        if (!Objects.equals(line, expected)) {
            throw new IllegalStateException("the reader was to say \"" + expected + "\" and said: " + line);
        }
    }
}

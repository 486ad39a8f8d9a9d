package org.nettyglib.examples.live.media;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.netty.channel.EventLoop;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Brings the samples of an appsink to an event loop.
 *
 * <p>GStreamer's streaming thread only rings a bell; pulling, mapping and handing over happen on the loop. Several rings
 * before the loop comes round are one. There is one upcall stub for all taps, which finds its tap by the number in its user data,
 * so that a pipeline leaves nothing behind.
 */
final class AppSinkTap implements AutoCloseable {

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(AppSinkTap.class);

    /** {@code GST_FLOW_OK}, gstpad.h. */
    private static final int FLOW_OK = 0;

    /** {@code GstAppSinkCallbacks}, gstappsink.h: eos, new_preroll, new_sample and four more pointers. */
    private static final int CALLBACKS = 7;

    private static final int NEW_SAMPLE = 2;

    private static final Map<Long, AppSinkTap> TAPS = new ConcurrentHashMap<>();
    private static final AtomicLong LAST_TOKEN = new AtomicLong();
    private static final MemorySegment BELL = bell();

    private final long token = LAST_TOKEN.incrementAndGet();
    private final AtomicBoolean rung = new AtomicBoolean();
    private final MemorySegment mapInfo = Arena.ofAuto().allocate(NativeGst.MAP_INFO);
    private final MemorySegment appSink;
    private final EventLoop loop;
    private final Consumer<ByteBuffer> consumer;

    private boolean closed;

    /**
     * Starts to bring samples.
     *
     * @param appSink the GstAppSink, kept alive by the caller until the tap is closed
     * @param loop where the consumer is called
     * @param consumer takes the bytes of a sample, which are gone when it returns
     */
    AppSinkTap(MemorySegment appSink, EventLoop loop, Consumer<ByteBuffer> consumer) {
        this.appSink = appSink;
        this.loop = loop;
        this.consumer = consumer;
        TAPS.put(token, this);
        NativeGst.setCallbacks(appSink, BELL, MemorySegment.ofAddress(token));
    }

    /** To be called on the loop when the pipeline has stopped: GStreamer rings no more. */
    @Override
    public void close() {
        closed = true;
        TAPS.remove(token);
    }

    private void drain() {
        // Cleared before pulling: a sample that comes after the last pull rings again.
        rung.set(false);
        while (!closed) {
            MemorySegment sample = NativeGst.tryPullSample(appSink);
            if (sample.equals(MemorySegment.NULL)) {
                return;
            }
            try {
                handOver(sample);
            } finally {
                NativeGst.unref(sample);
            }
        }
    }

    private void handOver(MemorySegment sample) {
        MemorySegment buffer = NativeGst.buffer(sample);
        if (buffer.equals(MemorySegment.NULL) || !NativeGst.map(buffer, mapInfo)) {
            return;
        }
        try {
            consumer.accept(NativeGst.data(mapInfo).asByteBuffer());
        } finally {
            NativeGst.unmap(buffer, mapInfo);
        }
    }

    /** Entered by GStreamer on its streaming thread. Nothing may be thrown from here: it would end the JVM. */
    @SuppressWarnings("unused") // by the stub
    private static int ring(MemorySegment appSink, MemorySegment data) {
        try {
            AppSinkTap tap = TAPS.get(data.address());
            if (tap != null && tap.rung.compareAndSet(false, true)) {
                tap.loop.execute(tap::drain);
            }
        } catch (Throwable e) {
            logger.debug("A frame is lost: the loop takes no more tasks", e);
        }
        return FLOW_OK;
    }

    @SuppressWarnings("restricted")
    private static MemorySegment bell() {
        try {
            FunctionDescriptor descriptor = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
            MemorySegment stub = Linker.nativeLinker()
                    .upcallStub(
                            MethodHandles.lookup().findStatic(AppSinkTap.class, "ring", descriptor.toMethodType()),
                            descriptor,
                            Arena.global());
            MemorySegment callbacks = Arena.global().allocate(ADDRESS, CALLBACKS);
            callbacks.setAtIndex(ADDRESS, NEW_SAMPLE, stub);
            return callbacks;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("AppSinkTap has lost its own method", e);
        }
    }
}

package org.nettyglib.gstreamer;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.ObjectUtil;
import io.netty.util.internal.StringUtil;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.freedesktop.gstreamer.gst.Element;
import org.freedesktop.gstreamer.gst.Pipeline;
import org.javagi.base.Proxy;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.ffi.LibGst;
import org.nettyglib.gstreamer.ffi.LibGstBin;
import org.nettyglib.gstreamer.ffi.LibGstBus;
import org.nettyglib.gstreamer.ffi.LibGstElement;
import org.nettyglib.gstreamer.ffi.LibGstMessage;
import org.nettyglib.gstreamer.ffi.LibGstQuery;
import org.nettyglib.loop.GLibEventLoop;
import org.nettyglib.loop.GLibIoHandle;
import org.nettyglib.util.LoopNotifier;

/**
 * A GStreamer pipeline on an event loop: its messages are received there, and its changes of state are futures. No method waits;
 * GStreamer's calls that may wait are made on threads of their own, named {@code gst-state}.
 *
 * <pre>{@code
 * GstPipeline pipeline = GstPipeline.parse(loop, "videotestsrc ! vp8enc ! webmmux ! appsink name=out");
 * pipeline.addListener(message -> …);
 * pipeline.play().addListener(playing -> …);
 * }</pre>
 *
 * <p>It does what GStreamer expects of a program: the latency is computed anew when an element says so, and another clock is chosen
 * when the one in use is lost.
 *
 * <p>It has to be {@linkplain #close() closed}; until then the loop keeps it. The loop's shutdown closes it; that of a GLibEventLoop also waits for
 * it as long as the shutdown may take.
 *
 * <p>All methods may be called from any thread. Futures tell their listeners on the loop's thread, and on one of Netty's once the loop has
 * ended.
 */
public final class GstPipeline {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(GstPipeline.class);

    private final IoEventLoop loop;
    private final NativePipeline pipeline;
    private final long bus;
    /** Changes of the state, and the end. */
    private final SerialTasks tasks = new SerialTasks();

    /** What may wait until the state changes. */
    private final SerialTasks sideTasks = new SerialTasks();

    private final List<GstBusListener> listeners = new CopyOnWriteArrayList<>();
    private final ElementProxies proxies = new ElementProxies();
    private final LoopNotifier notifier;
    private final BusWatch watch;
    private final PipelineStay stay;
    private final StateChanges changes;
    private final EndOfStream end;
    private final EndSender ender;
    private final Promise<Void> closePromise;

    /** What is closed with the pipeline. Guarded by itself. */
    private final List<AutoCloseable> attached = new ArrayList<>();

    /** Guarded by {@link #attached}. */
    private boolean closing;

    private GstPipeline(IoEventLoop loop, NativePipeline pipeline) {
        this.loop = loop;
        this.pipeline = pipeline;
        notifier = new LoopNotifier(loop);
        bus = LibGstElement.gst_element_get_bus(pipeline.address());
        watch = new BusWatch(loop, bus, new Messages(), notifier);
        stay = new PipelineStay(loop, this::close);
        end = new EndOfStream(notifier);
        ender = new EndSender(pipeline, tasks, notifier);
        changes = new StateChanges(pipeline, loop, notifier, tasks, watch::drain, end::restart);
        closePromise = notifier.newPromise();
        closePromise.setUncancellable();
    }

    /**
     * Makes a pipeline from a description in the syntax of {@code gst-launch-1.0}.
     *
     * @param loop receives its messages: a {@link org.nettyglib.loop.GLibEventLoop}, or another that has a
     *     {@link org.nettyglib.loop.GLibIoHandler}
     * @param description for example {@code audiotestsrc ! opusenc ! oggmux ! appsink name=out}
     * @return the pipeline, in the state {@link GstState#NULL}
     * @throws GstMissingElementException if an element is not installed; the message names the package
     * @throws GstException if the description is wrong; the message says where
     * @throws IllegalArgumentException if the loop is none of GLib's
     * @throws RejectedExecutionException if the loop has ended
     * @throws UnsatisfiedLinkError if there is no GStreamer, see {@link GStreamer#ensureAvailability()}
     * @see <a href="https://gstreamer.freedesktop.org/documentation/tools/gst-launch.html">gst-launch-1.0</a>
     */
    public static GstPipeline parse(EventLoop loop, String description) {
        IoEventLoop glibLoop = requireGlib(loop);
        if (ObjectUtil.checkNotNull(description, "description").indexOf('\0') >= 0) {
            throw new IllegalArgumentException("there is a zero character in the description");
        }
        GStreamer.ensureAvailability();
        return start(glibLoop, NativePipeline.parse(description));
    }

    /**
     * Takes a pipeline that was made by java-gi's classes. It must have no bus watch, and nobody else may take its messages. Closing the result
     * stops it; java-gi's object stays good.
     *
     * @param loop receives its messages, as with {@link #parse}
     * @param pipeline java-gi's object
     * @return the pipeline
     * @throws IllegalArgumentException if the loop is none of GLib's
     * @throws RejectedExecutionException if the loop has ended
     * @throws UnsatisfiedLinkError if there is no GStreamer, see {@link GStreamer#ensureAvailability()}
     */
    public static GstPipeline of(EventLoop loop, Pipeline pipeline) {
        IoEventLoop glibLoop = requireGlib(loop);
        GStreamer.ensureAvailability();
        NativePipeline same = NativePipeline.of(pipeline.handle().address());
        Reference.reachabilityFence(pipeline);
        return start(glibLoop, same);
    }

    private static IoEventLoop requireGlib(EventLoop loop) {
        if (ObjectUtil.checkNotNull(loop, "loop") instanceof IoEventLoop ioLoop
                && ioLoop.isCompatible(GLibIoHandle.class)) {
            return ioLoop;
        }
        throw new IllegalArgumentException("a pipeline's messages need a GLib event loop, and this is a "
                + StringUtil.simpleClassName(loop)
                + ": take a loop of a GLibEventLoopGroup, or of a group made with GLibIoHandler.newFactory()");
    }

    private static GstPipeline start(IoEventLoop loop, NativePipeline parsed) {
        GstPipeline pipeline = new GstPipeline(loop, parsed);
        try {
            if (loop.inEventLoop()) {
                pipeline.register();
            } else {
                loop.execute(pipeline::register);
            }
        } catch (RejectedExecutionException e) {
            pipeline.free();
            throw e;
        }
        return pipeline;
    }

    private void register() {
        // Other loops run no tasks while they wait for their handles.
        if (loop instanceof GLibEventLoop) {
            stay.start();
        }
        watch.start();
    }

    /**
     * Goes to {@link GstState#PLAYING}. It is there when each sink has its first buffer, unless the sink has {@code async=false}: to
     * wait for that before sending what the pipeline plays is to wait for ever.
     *
     * @return as of {@link #setState(GstState)}
     */
    public Future<Void> play() {
        return setState(GstState.PLAYING);
    }

    /**
     * Goes to {@link GstState#PAUSED}.
     *
     * @return as of {@link #setState(GstState)}
     */
    public Future<Void> pause() {
        return setState(GstState.PAUSED);
    }

    /**
     * Goes to {@link GstState#READY}.
     *
     * @return as of {@link #setState(GstState)}
     */
    public Future<Void> ready() {
        return setState(GstState.READY);
    }

    /**
     * Goes to a state, for which there is as much time as it takes.
     *
     * @param state which
     * @return done when the pipeline is there. It fails with the {@link GstException} of the element that could not follow or
     *     that failed meanwhile, and with an {@link IllegalStateException} if the pipeline is closed. It is cancelled when another state is
     *     asked for before. To cancel it changes nothing for the pipeline.
     * @throws IllegalArgumentException for {@link GstState#VOID_PENDING}
     */
    public Future<Void> setState(GstState state) {
        return request(state, null);
    }

    /**
     * Goes to a state in some time.
     *
     * @param state which
     * @param timeout how long to wait
     * @return as of {@link #setState(GstState)}, and fails with a {@link java.util.concurrent.TimeoutException} that names the elements which
     *     are not there. The pipeline goes on trying.
     * @throws IllegalArgumentException for {@link GstState#VOID_PENDING}
     */
    public Future<Void> setState(GstState state, Duration timeout) {
        return request(state, ObjectUtil.checkNotNull(timeout, "timeout"));
    }

    private Future<Void> request(GstState state, @Nullable Duration timeout) {
        if (ObjectUtil.checkNotNull(state, "state") == GstState.VOID_PENDING) {
            throw new IllegalArgumentException("a pipeline cannot go to VOID_PENDING");
        }
        Future<Void> change = changes.request(state, timeout);
        if (state.compareTo(GstState.READY) <= 0) {
            // After it: what is sent before the change is known by now, and what is sent later comes after the change.
            ender.stop(new IllegalStateException(pipeline + " was stopped"));
        }
        return change;
    }

    /**
     * Where the pipeline is.
     *
     * @return the state that it is in, which may be on the way to another; {@link GstState#NULL} if it is closed
     */
    public GstState state() {
        return pipeline.state();
    }

    /**
     * Tells somebody of each message from now on.
     *
     * @param listener is called on the loop's thread
     */
    public void addListener(GstBusListener listener) {
        listeners.add(ObjectUtil.checkNotNull(listener, "listener"));
    }

    /**
     * Tells somebody no longer.
     *
     * @param listener who was added; it is removed once
     */
    public void removeListener(GstBusListener listener) {
        listeners.remove(listener);
    }

    /**
     * The end of the stream.
     *
     * @return done when all sinks have got everything. It fails with the {@link GstException} of the first error, and with an
     *     {@link IllegalStateException} if the pipeline is closed before. It cannot be cancelled. A pipeline that goes to
     *     {@link GstState#READY} or {@link GstState#NULL} and plays again has another end, for which this is called again.
     */
    public Future<Void> endOfStream() {
        return end.future();
    }

    /**
     * Ends the stream: sources stop, and what is under way is played to its end. Muxers need it to write a file that is complete. A
     * pipeline that does not play ends when it does.
     *
     * @return done when the sources know; {@link #endOfStream()} is the end itself. It fails if nothing in the pipeline takes it, and with an
     *     {@link IllegalStateException} if the pipeline stops or is closed before.
     */
    public Future<Void> sendEndOfStream() {
        return ender.send();
    }

    /**
     * An element as java-gi's object, to set its properties for example. Starts java-gi, see {@link GStreamer#init()}.
     *
     * @param name the element's name in the pipeline
     * @param type java-gi's class, for example {@code AppSink.class}
     * @param <T> java-gi's class
     * @return always the same object, for which nothing has to be released
     * @throws IllegalArgumentException if there is no such element, or it is of another class
     * @throws IllegalStateException if the pipeline is closed
     */
    public <T extends Element> T element(String name, Class<T> type) {
        GStreamer.init();
        long element = rawElement(name);
        Proxy proxy = proxies.take(element);
        if (!type.isInstance(proxy)) {
            throw new IllegalArgumentException(
                    "the element " + name + " is a " + proxy.getClass().getName() + ", not a " + type.getName());
        }
        return type.cast(proxy);
    }

    /**
     * Looks for an element.
     *
     * @param name its name
     * @return whether it is in this pipeline, or in a bin in it; false if the pipeline is closed
     */
    public boolean has(String name) {
        long element = find(name);
        if (element != 0) {
            LibGst.gst_object_unref(element);
        }
        return element != 0;
    }

    /**
     * Looks for the elements of a kind.
     *
     * @param factory for example {@code videotestsrc}
     * @return their names, also of those in bins inside; none if the pipeline is closed
     */
    public List<String> elements(String factory) {
        long address = pipeline.retain();
        if (address == 0) {
            return List.of();
        }
        try {
            List<String> names = new ArrayList<>();
            for (long element : LibGstBin.elements(address)) {
                if (LibGstQuery.factoryName(element).equals(factory)) {
                    names.add(LibGst.gst_object_get_name(element));
                }
                LibGst.gst_object_unref(element);
            }
            return names;
        } finally {
            NativePipeline.release(address);
        }
    }

    /**
     * How far it has played.
     *
     * @return in nanoseconds of the stream; empty if it is closed or does not know
     */
    public OptionalLong position() {
        return ask(LibGstQuery::position);
    }

    /**
     * How long it will play.
     *
     * @return in nanoseconds of the stream; empty if it is closed or does not know, as of a live stream
     */
    public OptionalLong duration() {
        return ask(LibGstQuery::duration);
    }

    private OptionalLong ask(LongFunction<OptionalLong> question) {
        long address = pipeline.retain();
        if (address == 0) {
            return OptionalLong.empty();
        }
        try {
            return question.apply(address);
        } finally {
            NativePipeline.release(address);
        }
    }

    /**
     * An element, with a reference of the caller's.
     *
     * @throws IllegalArgumentException if there is no such element
     * @throws IllegalStateException if the pipeline is closed
     */
    long rawElement(String name) {
        long element = find(name);
        if (element == 0) {
            throw unknown(name);
        }
        return element;
    }

    private long find(String name) {
        long address = pipeline.retain();
        if (address == 0) {
            return 0;
        }
        try {
            return LibGstBin.gst_bin_get_by_name(address, ObjectUtil.checkNotNull(name, "name"));
        } finally {
            NativePipeline.release(address);
        }
    }

    private RuntimeException unknown(String name) {
        long address = pipeline.retain();
        if (address == 0) {
            return closedException();
        }
        try {
            List<Long> elements = LibGstBin.elements(address);
            String names =
                    elements.stream().map(LibGst::gst_object_get_name).sorted().collect(Collectors.joining(", "));
            elements.forEach(LibGst::gst_object_unref);
            return new IllegalArgumentException(
                    pipeline + " has no element named " + name + ", but " + (names.isEmpty() ? "none" : names));
        } finally {
            NativePipeline.release(address);
        }
    }

    /** {@return the address of the GstPipeline, good until this is closed} */
    long address() {
        return pipeline.address();
    }

    /**
     * The loop that receives the messages.
     *
     * @return the loop that was given
     */
    public EventLoop eventLoop() {
        return loop;
    }

    /**
     * Closes something with the pipeline: at once when {@link #close()} is called, on the thread that calls it. If that has been, it is
     * closed now.
     */
    void onClose(AutoCloseable other) {
        synchronized (attached) {
            if (!closing) {
                attached.add(other);
                return;
            }
        }
        close(other);
    }

    /** What was handed to {@link #onClose} has been closed by somebody else. */
    void forget(AutoCloseable other) {
        synchronized (attached) {
            attached.remove(other);
        }
    }

    private static void close(AutoCloseable other) {
        try {
            other.close();
        } catch (Throwable t) {
            logger.warn("{} failed to close with its pipeline.", other, t);
        }
    }

    /**
     * Stops the pipeline for good: no message is received any more, it goes to {@link GstState#NULL} and is freed. May be called at any
     * time, any number of times.
     *
     * @return done when nothing of it is left here. A change of state that an element is in the middle of comes to its end before, however
     *     long it takes.
     */
    public Future<Void> close() {
        List<AutoCloseable> others;
        synchronized (attached) {
            if (closing) {
                return closePromise;
            }
            closing = true;
            others = List.copyOf(attached);
            attached.clear();
        }
        watch.stop();
        others.forEach(GstPipeline::close);
        changes.close(closedException());
        end.close(closedException());
        ender.close(closedException());
        tasks.execute(this::stop);
        return closePromise;
    }

    private IllegalStateException closedException() {
        return new IllegalStateException(pipeline + " is closed");
    }

    /** On a thread that may wait. */
    private void stop() {
        LibGstElement.gst_element_set_state(pipeline.address(), GstState.NULL.ordinal());
        // The descriptor in the loop is the bus's.
        watch.gone()
                .addListener(gone -> tasks.execute(() -> {
                    free();
                    closePromise.trySuccess(null);
                    stay.leave();
                }));
    }

    private void free() {
        listeners.clear();
        proxies.clear();
        LibGstBus.gst_bus_set_flushing(bus, true);
        LibGst.gst_object_unref(bus);
        pipeline.free();
    }

    /**
     * The end of this object.
     *
     * @return done as that of {@link #close()}
     */
    public Future<Void> closeFuture() {
        return closePromise;
    }

    @Override
    public String toString() {
        return "GstPipeline(" + pipeline + ')';
    }

    /** On the loop's thread. */
    private final class Messages implements BusWatch.Receiver {
        private final AtomicBoolean latencyIsDue = new AtomicBoolean();

        @Override
        public void receive(long message) {
            int type = LibGstMessage.type(message);
            boolean ofPipeline = LibGstMessage.src(message) == pipeline.address();
            GstBusMessage copy = listeners.isEmpty() && type != LibGstMessage.ERROR
                    ? null
                    : BusMessages.of(message, pipeline.address());
            if (copy != null) {
                tell(copy);
            }
            if (copy instanceof GstBusMessage.Error error) {
                failed(error);
            }
            switch (type) {
                case LibGstMessage.EOS -> end.reached();
                case LibGstMessage.STATE_CHANGED -> {
                    if (ofPipeline) {
                        int[] states = LibGstMessage.gst_message_parse_state_changed(message);
                        changes.arrived(GstState.of(states[1]), GstState.of(states[2]));
                        if (states[1] == GstState.PLAYING.ordinal()) {
                            ender.playing();
                        }
                    }
                }
                case LibGstMessage.ASYNC_DONE -> {
                    if (ofPipeline) {
                        changes.look();
                    }
                }
                case LibGstMessage.LATENCY -> computeLatency();
                case LibGstMessage.CLOCK_LOST -> changes.changeClock();
                default -> {}
            }
        }

        /** Once for all messages that come before it is done. */
        private void computeLatency() {
            if (!latencyIsDue.compareAndSet(false, true)) {
                return;
            }
            sideTasks.execute(() -> {
                latencyIsDue.set(false);
                long address = pipeline.retain();
                if (address != 0) {
                    LibGstBin.gst_bin_recalculate_latency(address);
                    NativePipeline.release(address);
                }
            });
        }

        private void tell(GstBusMessage message) {
            for (GstBusListener listener : listeners) {
                try {
                    listener.message(message);
                } catch (Throwable t) {
                    logger.warn("{} failed with {}.", listener, message, t);
                }
            }
        }

        private void failed(GstBusMessage.Error error) {
            boolean known = end.failed(error.cause());
            known |= changes.failed(error.cause());
            if (!known && listeners.isEmpty()) {
                logger.warn("{} has failed, and nobody listens.", pipeline, error.cause());
            }
        }

        @Override
        public void cannotReceive() {
            close();
        }
    }
}

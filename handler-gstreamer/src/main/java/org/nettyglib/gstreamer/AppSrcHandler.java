package org.nettyglib.gstreamer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.internal.ObjectUtil;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.ref.Reference;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.freedesktop.gstreamer.app.AppSrc;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.gstreamer.ffi.AppSrcCallbacks;

/**
 * Puts what a channel receives into a pipeline's appsrc, without copying it. The last handler of a channel, usually.
 *
 * <pre>{@code
 * AppSrcHandler upload = AppSrcHandler.builder(pipeline, "in").keepOpen(true).build();
 * new ServerBootstrap().childHandler(upload) …
 * }</pre>
 *
 * <p><b>What it takes.</b> Every {@link ByteBuf}; what is in a {@link ByteBufHolder}, such as a datagram, a piece of HTTP content or a
 * WebSocket frame; a {@link MediaFrame} with its timestamps, duration, flags and caps, for which the appsrc needs
 * {@code format=time}. Bytes of an array are copied once. Holders without content, as the end of an HTTP message often is, and
 * messages of other kinds are passed on. Put handlers in front of this one that deal with a protocol's own messages, as
 * {@code WebSocketServerProtocolHandler} does with close, ping and pong.
 *
 * <p><b>Back-pressure.</b> When the appsrc has enough the channel stops reading: its {@code autoRead} is switched off, until the
 * appsrc needs data again, and a {@code read()} is put off until then. So the appsrc holds about {@code max-bytes}, and what one
 * read of the channel brings along. The channel's {@code autoRead} is this handler's meanwhile. A channel that connects before
 * the pipeline plays is held back, too, and so is one that was held back when the pipeline was stopped, until it plays again. Data
 * for a pipeline that was stopped after it had taken some of this channel is a {@link GstFlowException} in the channel, which is
 * closed.
 *
 * <p><b>The end.</b> When the channel closes, is closed for input, or loses this handler, the appsrc gets the end of the stream, after
 * which the pipeline ends: {@code EOS}. A stream that ends before its channel, as an HTTP request does, ends by
 * {@code ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE)} of a handler in front. With {@code keepOpen(true)} there is no
 * end, and the next channel may go on.
 *
 * <p><b>Errors.</b> What is thrown in the channel goes to the pipeline's bus as an error of the appsrc, or as a warning with
 * {@code keepOpen(true)}, and is passed on.
 *
 * <p><b>One at a time.</b> The handler can be shared, but there is one channel at a time. Another gets an
 * {@link IllegalStateException} by {@code exceptionCaught} and is closed. That one has left is known when its pipeline has been told: a peer that
 * closes and comes back at once may be too early, and has to try again.
 *
 * <p>The methods of the handler belong to the channels' loops, which may be of any transport. {@link #close} and the builders may
 * be called from any thread. The callbacks of the appsrc are this handler's; there can be one of each appsrc only.
 */
@Sharable
public final class AppSrcHandler extends ChannelDuplexHandler implements AutoCloseable {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(AppSrcHandler.class);

    private final AtomicReference<@Nullable AppSrcPeer> peer = new AtomicReference<>();
    private final AppSrcDemand demand = new AppSrcDemand();
    private final AppSrcElement element;
    private final boolean keepOpen;

    /** Why the pipeline takes nothing until it is started anew. Written on its loop. */
    private volatile @Nullable Throwable over;

    private final @Nullable GstPipeline pipeline;
    private final GstBusListener busListener = this::messageOfPipeline;

    private AppSrcHandler(long appsrc, boolean keepOpen, @Nullable GstPipeline pipeline) {
        this.keepOpen = keepOpen;
        this.pipeline = pipeline;
        element = new AppSrcElement(appsrc, new AppSrcCallbacks.Target() {
            @Override
            public void needData() {
                if (demand.need()) {
                    onLoop(peer.get(), AppSrcPeer::resume);
                }
            }

            @Override
            public void enoughData() {
                demand.enough();
            }
        });
    }

    /**
     * For an appsrc of a pipeline. The handler is closed with the pipeline. An error of the pipeline arrives in the channel, too, which
     * is closed then.
     *
     * @param pipeline the pipeline
     * @param srcName the name of the appsrc in it
     * @return a builder
     */
    public static Builder builder(GstPipeline pipeline, String srcName) {
        ObjectUtil.checkNotNull(srcName, "srcName");
        return new Builder(() -> pipeline.rawElement(srcName), ObjectUtil.checkNotNull(pipeline, "pipeline"));
    }

    /**
     * For an appsrc that the program has in hand. The handler keeps it alive until it is closed. Errors of its pipeline do not
     * arrive in the channel, which is only held back then.
     *
     * @param appsrc which nobody else puts data into
     * @return a builder
     */
    public static Builder builder(AppSrc appsrc) {
        ObjectUtil.checkNotNull(appsrc, "appsrc");
        return builder(() -> {
            try {
                return LibGobject.g_object_ref(appsrc.handle().address());
            } finally {
                Reference.reachabilityFence(appsrc);
            }
        });
    }

    /** @param appsrc answers with a reference, which becomes the handler's */
    static Builder builder(LongSupplier appsrc) {
        return new Builder(appsrc, null);
    }

    // The channel comes and goes.

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            enter(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        enter(ctx);
        ctx.fireChannelActive();
    }

    private void enter(ChannelHandlerContext ctx) {
        if (peerOf(ctx) != null) {
            return;
        }
        AppSrcPeer entering = new AppSrcPeer(ctx, element, demand, this::end, () -> left(ctx));
        if (element.isClosed()) {
            refuse(ctx, "this handler of appsrc " + element.name() + " was closed, as it is with its pipeline");
        } else if (!peer.compareAndSet(null, entering)) {
            refuse(
                    ctx,
                    "another channel is sending to appsrc " + element.name()
                            + ", which takes one at a time: this one is closed");
        } else {
            entering.begin();
            Throwable reason = over;
            if (reason != null) {
                // Later: the handlers that are to know may not have been added yet.
                ctx.executor().execute(() -> entering.over(reason));
            }
            if (element.isClosed()) {
                entering.leave();
            }
        }
    }

    /** Later: the handlers that are to know may not have been added yet. What comes meanwhile is released. */
    private void refuse(ChannelHandlerContext ctx, String reason) {
        ctx.executor().execute(() -> {
            if (peerOf(ctx) == null && ctx.channel().isActive()) {
                ctx.fireExceptionCaught(new IllegalStateException(reason));
                ctx.close();
            }
        });
    }

    private void end() {
        if (!keepOpen) {
            element.endOfStream();
        }
    }

    private void left(ChannelHandlerContext ctx) {
        AppSrcPeer leaving = peerOf(ctx);
        if (leaving != null) {
            peer.compareAndSet(leaving, null);
        }
    }

    /** {@return the peer, if the context is its own} */
    private @Nullable AppSrcPeer peerOf(ChannelHandlerContext ctx) {
        AppSrcPeer current = peer.get();
        return current != null && current.ctx() == ctx ? current : null;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(ctx, true);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end(ctx, true);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && !keepOpen) {
            end(ctx, false);
        }
        ctx.fireUserEventTriggered(event);
    }

    private void end(ChannelHandlerContext ctx, boolean leaves) {
        AppSrcPeer ending = peerOf(ctx);
        if (ending != null) {
            ending.end(leaves);
        }
    }

    // Data.

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        boolean isForPipeline = message instanceof MediaFrame
                || message instanceof ByteBuf
                || message instanceof ByteBufHolder holder && holder.content().isReadable();
        if (!isForPipeline || element.isClosed()) {
            ctx.fireChannelRead(message);
            return;
        }
        AppSrcPeer sender = peerOf(ctx);
        if (sender == null) {
            // It was refused, and is being closed.
            ReferenceCountUtil.release(message);
        } else if (message instanceof MediaFrame frame) {
            sender.offer(GstBuffers.wrap(frame), frame.caps());
        } else {
            offer(sender, content(message));
        }
    }

    private static ByteBuf content(Object message) {
        if (message instanceof ByteBuf bytes) {
            return bytes;
        }
        ByteBufHolder holder = (ByteBufHolder) message;
        ByteBuf bytes = holder.content().retain();
        holder.release();
        return bytes;
    }

    private static void offer(AppSrcPeer sender, ByteBuf bytes) {
        if (bytes.isReadable()) {
            sender.offer(GstBuffers.wrap(bytes), null);
        } else {
            bytes.release();
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        AppSrcPeer reader = peerOf(ctx);
        if (reader == null || reader.mayRead()) {
            ctx.read();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (peerOf(ctx) != null) {
            element.report(
                    !keepOpen,
                    "The channel that sends to " + element.name() + " failed: " + cause,
                    ctx.channel() + ": " + cause);
        }
        ctx.fireExceptionCaught(cause);
    }

    /** On the loop of the pipeline. */
    private void messageOfPipeline(GstBusMessage message) {
        switch (message) {
            case GstBusMessage.Error error when !element.isOwn(error) -> over(error.cause());
            case GstBusMessage.EndOfStream end -> over(GstFlowException.of(GstFlow.EOS, element.name()));
            // On the bus they come in order: what was over before begins anew.
            case GstBusMessage.StateChanged change
            when change.ofPipeline() && change.before() == GstState.READY && change.after() == GstState.PAUSED ->
                over = null;
            case GstBusMessage.AsyncDone done -> over = null;
            default -> {}
        }
    }

    /** The appsrc takes what fits into its queue, and passes nothing on. */
    private void over(Throwable cause) {
        over = cause;
        onLoop(peer.get(), sender -> sender.over(cause));
    }

    /** {@return how many bytes the appsrc has in its queue; 0 if this is closed} */
    public long pendingBytes() {
        return element.level();
    }

    /** Does something on the thread of a peer, whose loop may have ended: then there is nothing to do any more. */
    private static void onLoop(@Nullable AppSrcPeer peer, Consumer<AppSrcPeer> action) {
        if (peer == null) {
            return;
        }
        try {
            peer.ctx().executor().execute(() -> action.accept(peer));
        } catch (RejectedExecutionException e) {
            logger.debug("The loop of {} has ended.", peer.ctx().channel(), e);
        }
    }

    /**
     * Lets go of the appsrc, from any thread, once or more than once. Its channel may read again and stays open; what it receives is
     * passed on from now on. There is no end of the stream. A {@link GstPipeline} closes the handlers that were made for it when
     * it is closed itself.
     */
    @Override
    public void close() {
        element.close();
        if (pipeline != null) {
            pipeline.removeListener(busListener);
            pipeline.forget(this);
        }
        AppSrcPeer last = peer.get();
        if (last != null) {
            try {
                last.ctx().executor().execute(last::leave);
            } catch (RejectedExecutionException e) {
                // What waits there has to be given back all the same, when nobody else uses it any more.
                last.ctx().executor().terminationFuture().addListener(ended -> last.leave());
            }
        }
    }

    /** Describes how data goes into an appsrc. For one thread. */
    public static final class Builder {
        private final LongSupplier appsrc;
        private final @Nullable GstPipeline pipeline;
        private @Nullable MediaCaps caps;
        private long maxBytes = -1;
        private boolean keepOpen;
        private boolean liveTimestamps;

        private Builder(LongSupplier appsrc, @Nullable GstPipeline pipeline) {
            GStreamer.ensureAvailability();
            this.appsrc = appsrc;
            this.pipeline = pipeline;
        }

        /**
         * What kind of media the data is. Needed where it does not tell by itself, as raw audio does not; those of the pipeline's
         * description by default.
         *
         * @param caps as for {@code gst-launch-1.0}, for example {@code audio/x-raw,format=S16LE,rate=48000,channels=2}
         * @return this
         * @throws IllegalArgumentException if GStreamer does not understand them
         */
        public Builder caps(String caps) {
            this.caps = MediaCaps.of(caps);
            return this;
        }

        /**
         * With how much in the appsrc the channel is held back: its {@code max-bytes}, 200,000 by default.
         *
         * @param maxBytes more than 0
         * @return this
         */
        public Builder maxBytes(long maxBytes) {
            this.maxBytes = ObjectUtil.checkPositive(maxBytes, "maxBytes");
            return this;
        }

        /**
         * Whether the stream goes on when its channel closes, with the next one.
         *
         * @param keepOpen by default false: the stream ends with the first channel
         * @return this
         */
        public Builder keepOpen(boolean keepOpen) {
            this.keepOpen = keepOpen;
            return this;
        }

        /**
         * Data without timestamps gets the time of its arrival: the appsrc's {@code format=time}, {@code is-live} and
         * {@code do-timestamp}. For media that is produced while it is sent, such as RTP. Before the pipeline leaves the state
         * {@code READY}.
         *
         * @return this
         */
        public Builder liveTimestamps() {
            liveTimestamps = true;
            return this;
        }

        /**
         * Takes over the appsrc.
         *
         * @return the handler, to be closed
         * @throws IllegalArgumentException if the pipeline has no element of this name, or that is no appsrc
         * @throws IllegalStateException if the pipeline is closed, or the appsrc has a handler already
         */
        public AppSrcHandler build() {
            AppSrcHandler handler = new AppSrcHandler(appsrc.getAsLong(), keepOpen, pipeline);
            if (caps != null) {
                handler.element.caps(caps);
            }
            if (maxBytes > 0) {
                handler.element.set("max-bytes", Long.toString(maxBytes));
            }
            if (liveTimestamps) {
                handler.element.set("format", "time");
                handler.element.set("is-live", "true");
                handler.element.set("do-timestamp", "true");
            }
            if (pipeline != null) {
                pipeline.addListener(handler.busListener);
                pipeline.onClose(handler);
            }
            return handler;
        }
    }
}

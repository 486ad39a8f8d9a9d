package org.nettyglib.gstreamer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.internal.ObjectUtil;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Ties a pipeline to a channel. What the pipeline says arrives in the channel's own pipeline, each {@link GstBusMessage} as a user event;
 * an error is an {@code exceptionCaught} with its {@link GstException}. When the channel closes, so does the pipeline.
 *
 * <p>For one channel, whose event loop may be another than the pipeline's. A handler that is removed lets go of the pipeline: it goes on.
 */
public final class PipelineChannelHandler extends ChannelInboundHandlerAdapter {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(PipelineChannelHandler.class);

    private final GstPipeline pipeline;
    private final boolean playWhenActive;
    private final GstBusListener listener = this::message;
    private final FutureListener<Void> closer = this::channelClosed;

    private volatile @Nullable ChannelHandlerContext context;

    /** The error that was passed on last: the future of a failed change has it, too. On the channel's loop. */
    private @Nullable Throwable passedOn;

    /** An accepted channel is active before its handlers are added, and says so after. On the channel's loop. */
    private boolean played;

    /**
     * Ties a pipeline that somebody else plays.
     *
     * @param pipeline closed with the channel
     */
    public PipelineChannelHandler(GstPipeline pipeline) {
        this(pipeline, false);
    }

    /**
     * Ties a pipeline.
     *
     * @param pipeline closed with the channel
     * @param playWhenActive whether it plays as soon as the channel is active
     */
    public PipelineChannelHandler(GstPipeline pipeline, boolean playWhenActive) {
        this.pipeline = ObjectUtil.checkNotNull(pipeline, "pipeline");
        this.playWhenActive = playWhenActive;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        pipeline.addListener(listener);
        ctx.channel().closeFuture().addListener(closer);
        if (ctx.channel().isActive()) {
            play(ctx);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        context = null;
        pipeline.removeListener(listener);
        ctx.channel().closeFuture().removeListener(closer);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        play(ctx);
        ctx.fireChannelActive();
    }

    private void play(ChannelHandlerContext ctx) {
        if (!playWhenActive || played) {
            return;
        }
        played = true;
        pipeline.play().addListener(playing -> {
            // The pipeline of a closed channel is closed, which fails a start that is under way.
            if (!playing.isSuccess()
                    && !playing.isCancelled()
                    && (playing.cause() instanceof GstException || ctx.channel().isOpen())) {
                onLoop(ctx, () -> passOn(ctx, playing.cause()));
            }
        });
    }

    /** On the pipeline's loop. */
    private void message(GstBusMessage message) {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            onLoop(ctx, () -> {
                if (message instanceof GstBusMessage.Error error) {
                    passOn(ctx, error.cause());
                } else if (!ctx.isRemoved()) {
                    ctx.fireUserEventTriggered(message);
                }
            });
        }
    }

    private void passOn(ChannelHandlerContext ctx, Throwable cause) {
        if (cause != passedOn && !ctx.isRemoved()) {
            passedOn = cause;
            ctx.fireExceptionCaught(cause);
        }
    }

    private static void onLoop(ChannelHandlerContext ctx, Runnable task) {
        if (ctx.executor().inEventLoop()) {
            task.run();
        } else {
            try {
                ctx.executor().execute(task);
            } catch (RejectedExecutionException e) {
                logger.trace("The loop of {} has ended.", ctx.channel(), e);
            }
        }
    }

    private void channelClosed(Future<Void> closed) {
        pipeline.close();
    }
}

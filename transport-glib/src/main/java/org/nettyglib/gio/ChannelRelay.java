package org.nettyglib.gio;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.StringUtil;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import org.gnome.gio.Socket;
import org.jspecify.annotations.Nullable;
import org.nettyglib.channel.GLibDomainSocketChannel;
import org.nettyglib.ffi.Descriptors;

/**
 * Passes everything on between a channel and its peer: our end of a pair of sockets, the other of which is GIO's. Both are on
 * the same loop, on whose thread all happens.
 */
final class ChannelRelay {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(ChannelRelay.class);

    private final Channel channel;
    private final GLibDomainSocketChannel peer;
    private final GioEnd gioEnd;
    private final Promise<Void> end;
    private @Nullable Throwable failure;
    private boolean ended;

    ChannelRelay(Channel channel, GLibDomainSocketChannel peer, Socket socket) {
        this.channel = channel;
        this.peer = peer;
        gioEnd = new GioEnd(socket);
        end = channel.eventLoop().newPromise();
    }

    Channel channel() {
        return channel;
    }

    Future<Void> closeFuture() {
        return end;
    }

    /** From any thread. */
    void start() {
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.pipeline().addLast(new OfChannel());
    }

    /** Both are there: the relay decides from now on who reads. */
    private void begin() {
        if (channel.isActive() && peer.isRegistered()) {
            peer.flush();
            peer.config().setAutoRead(channel.isWritable());
            channel.config().setAutoRead(peer.isWritable());
        }
    }

    private void fail(Throwable cause) {
        if (failure == null && !ended) {
            failure = cause;
        }
        channel.close();
    }

    /** Nothing more comes from the channel, or goes to it. */
    private void channelEnded() {
        if (ended) {
            return;
        }
        ended = true;
        if (!peer.isRegistered()) {
            // The loop has refused it.
            peer.unsafe().closeForcibly();
            complete();
            return;
        }
        peer.config().setAutoRead(false);
        afterFlush(peer, flushed -> {
            if (failure != null && !peer.isInputShutdown()) {
                gioEnd.leaveUnread();
            }
            // Now, with no other read before.
            peer.close();
        });
        peer.closeFuture().addListener(closed -> complete());
    }

    private void complete() {
        if (failure == null) {
            end.trySuccess(null);
        } else {
            end.tryFailure(failure);
        }
    }

    /** Does something when all was written that had to be, or nothing can be. */
    private static void afterFlush(Channel channel, ChannelFutureListener action) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(action);
    }

    private static void shutOutput(ChannelFuture flushed) {
        if (flushed.channel() instanceof DuplexChannel duplex && !duplex.isOutputShutdown()) {
            duplex.shutdownOutput();
        }
    }

    /** What the two sides have in common. */
    private abstract class Side extends ChannelInboundHandlerAdapter {
        private final Channel other;

        Side(Channel other) {
            this.other = other;
        }

        @Override
        public final void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf) {
                other.write(message).addListener(this::written);
            } else {
                ReferenceCountUtil.release(message);
                fail(new UnsupportedOperationException(
                        "a stream takes ByteBufs, but the pipeline ends with " + StringUtil.simpleClassName(message)));
            }
        }

        abstract void written(Future<? super Void> write);

        @Override
        public final void channelReadComplete(ChannelHandlerContext context) {
            if (other.isRegistered()) {
                other.flush();
            }
            context.fireChannelReadComplete();
        }

        @Override
        public final void channelWritabilityChanged(ChannelHandlerContext context) {
            other.config().setAutoRead(context.channel().isWritable());
            context.fireChannelWritabilityChanged();
        }

        @Override
        public final void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownReadComplete) {
                inputEnded();
            }
            context.fireUserEventTriggered(event);
        }

        abstract void inputEnded();
    }

    /** At the end of the channel's pipeline. */
    private final class OfChannel extends Side {
        OfChannel() {
            super(peer);
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            new Bootstrap()
                    .group(channel.eventLoop())
                    .channelFactory(() -> peer)
                    .option(ChannelOption.ALLOCATOR, channel.alloc())
                    .option(ChannelOption.AUTO_READ, false)
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    // GIO may have closed, and what it wrote before is still to be read.
                    .option(ChannelOption.AUTO_CLOSE, false)
                    .handler(new OfPeer())
                    .register()
                    .addListener(registered -> {
                        if (!registered.isSuccess()) {
                            fail(registered.cause());
                        }
                    });
            if (!channel.isOpen()) {
                channelEnded();
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            begin();
            context.fireChannelActive();
        }

        @Override
        void written(Future<? super Void> write) {
            // GIO does not read any more, which is its right.
        }

        @Override
        void inputEnded() {
            afterFlush(peer, ChannelRelay::shutOutput);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            logger.debug("{} failed.", channel, cause);
            fail(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            channelEnded();
            context.fireChannelInactive();
        }

        /** A channel that was never active, or was moved to another loop. */
        @Override
        public void channelUnregistered(ChannelHandlerContext context) {
            if (channel.isOpen()) {
                fail(new IllegalStateException("the channel was taken from its loop: " + channel));
            }
            channelEnded();
            context.fireChannelUnregistered();
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            channelEnded();
        }
    }

    /** In the pipeline of our end of the pair. */
    private final class OfPeer extends Side {
        private @Nullable HangUpWatch watch;

        OfPeer() {
            super(channel);
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            begin();
            context.fireChannelActive();
        }

        @Override
        void written(Future<? super Void> write) {
            if (!write.isSuccess()) {
                fail(write.cause());
            }
        }

        @Override
        void inputEnded() {
            if (Descriptors.isHungUp(peer.fd().intValue())) {
                closeChannel();
                return;
            }
            afterFlush(channel, ChannelRelay::shutOutput);
            try {
                watch = HangUpWatch.start(peer, this::closeChannel);
            } catch (IOException e) {
                fail(e);
            }
        }

        private void closeChannel() {
            afterFlush(channel, ChannelFutureListener.CLOSE);
        }

        /** GIO has closed its end without reading everything; the end of the input says the rest. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            logger.debug("The stream of {} failed.", channel, cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (watch != null) {
                watch.stop();
            }
            // The loop ends, or this is the end of it all.
            channel.close();
            context.fireChannelInactive();
        }
    }
}

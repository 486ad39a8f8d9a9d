package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.ChannelFixture;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.gstreamer.ffi.AppSrcCallbacks;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** A server on a GLib loop, whose channels send to an appsrc. Fails when a buffer or a callback was left behind. */
final class AppSrcFixture implements AutoCloseable {
    private final int lent = WrappedBytes.lent();
    private final int callbacks = AppSrcCallbacks.targets();
    private final LoopFixture loops;

    /** What the channels threw behind the handler. */
    final BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();

    /** The channels that were accepted. */
    final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

    AppSrcFixture(LoopKind kind) {
        GStreamer.requireElements("appsrc", "appsink", "filesink", "fakesink", "identity");
        loops = kind.open();
    }

    LoopFixture loops() {
        return loops;
    }

    Channel serve(AppSrcHandler handler, ChannelHandler... before) throws InterruptedException {
        return serve(GLibServerSocketChannel.class, ChannelFixture.ANY_PORT, handler, before);
    }

    Channel serve(
            Class<? extends ServerChannel> type, SocketAddress address, AppSrcHandler handler, ChannelHandler... before)
            throws InterruptedException {
        return ChannelFixture.channel(new ServerBootstrap()
                .group(loops.group())
                .channel(type)
                .childOption(ChannelOption.SO_RCVBUF, 64 << 10)
                .childHandler(initializer(handler, before))
                .bind(address));
    }

    ChannelInitializer<Channel> initializer(AppSrcHandler handler, ChannelHandler... before) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(before).addLast(handler, new ChannelInboundHandlerAdapter() {
                    @Override
                    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                        thrown.add(cause);
                    }
                });
                accepted.add(channel);
            }
        };
    }

    static SocketChannel connect(Channel server) throws IOException {
        return SocketChannel.open(server.localAddress());
    }

    Channel accepted() throws InterruptedException {
        Channel channel = accepted.poll(Await.SECONDS, TimeUnit.SECONDS);
        assertThat(channel).as("accepted channel").isNotNull();
        return channel;
    }

    /** Waits until the handlers of a channel have heard of its end, which they do after its {@code closeFuture} is done. */
    static void awaitGone(Channel channel) throws InterruptedException {
        Await.success(channel.closeFuture());
        Await.until(() -> !channel.isRegistered(), () -> "the handlers know, but not of " + channel);
    }

    Throwable thrown() throws InterruptedException {
        Throwable cause = thrown.poll(Await.SECONDS, TimeUnit.SECONDS);
        assertThat(cause).as("exception").isNotNull();
        return cause;
    }

    static void write(SocketChannel peer, byte[] bytes) {
        try {
            for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
                peer.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On a thread of its own, until somebody closes the connection. */
    static Thread writeUntilClosed(SocketChannel peer) {
        byte[] bytes = new byte[100_000];
        return Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    write(peer, bytes);
                }
            } catch (UncheckedIOException closed) {
                // As it has to be.
            }
        });
    }

    static void close(SocketChannel peer) {
        try {
            peer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Override
    public void close() throws InterruptedException {
        loops.close();
        // What others had left behind may have gone meanwhile.
        Await.until(
                () -> WrappedBytes.lent() <= lent,
                () -> "all buffers back, but " + WrappedBytes.lent() + " of " + lent);
        assertThat(AppSrcCallbacks.targets()).as("callbacks").isLessThanOrEqualTo(callbacks);
    }
}

package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.gnome.glib.Source;
import org.gnome.glib.SourceFunc;
import org.jspecify.annotations.Nullable;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;

/** One loop with a context of its own, and what tests do with it. */
public final class LoopFixture implements AutoCloseable {
    /** Generous: it only bounds how long a failure takes. */
    public static final long TIMEOUT_SECONDS = 30;

    private final GLibEventLoopGroup group;
    private final @Nullable ForeignMainLoop mainLoop;

    public LoopFixture() {
        this(new GLibEventLoopGroup(1));
    }

    public LoopFixture(GLibEventLoopGroup group) {
        this(group, null);
    }

    private LoopFixture(GLibEventLoopGroup group, @Nullable ForeignMainLoop mainLoop) {
        this.group = group;
        this.mainLoop = mainLoop;
    }

    /** A loop without a thread, and the main loop that runs it. */
    public static LoopFixture attached(GLibLoopOptions options) {
        ForeignMainLoop mainLoop = new ForeignMainLoop();
        GLibEventLoopGroup group = GLibEventLoopGroup.attach(mainLoop.context(), options);
        mainLoop.start();
        return new LoopFixture(group, mainLoop);
    }

    public GLibEventLoopGroup group() {
        return group;
    }

    public GLibEventLoop loop() {
        return (GLibEventLoop) group.next();
    }

    public MainContext context() {
        return loop().mainContext();
    }

    /** Runs something on the loop's thread and waits for it. */
    public <T> T call(Callable<T> task) throws Exception {
        return loop().submit(task).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    public void run(Runnable task) throws Exception {
        loop().submit(task).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Attaches a GLib source of the given kind to the loop's context. */
    public Source attach(Source source, SourceFunc callback) {
        source.setCallback(callback);
        source.attach(context());
        return source;
    }

    /** Keeps the loop's thread in a callback that is none of Netty's, from now on until the latch is counted down. */
    public CountDownLatch block() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        attach(GLib.idleSourceNew(), () -> {
            stuck.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return GLib.SOURCE_REMOVE;
        });
        assertThat(stuck.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return released;
    }

    /** Runs a nested main loop on the loop's own context until somebody quits it. On the loop's thread. */
    public MainLoop newMainLoop() {
        return new MainLoop(context(), false);
    }

    public Channel serve(Supplier<ChannelHandler> handler) throws InterruptedException {
        return new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handler.get());
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
    }

    public Channel serveEcho() throws InterruptedException {
        return serve(Echo::new);
    }

    public Client connect(Channel server) throws InterruptedException {
        return connect(server, group);
    }

    public static Client connect(Channel server, EventLoopGroup group) throws InterruptedException {
        Client client = new Client();
        client.channel = new Bootstrap()
                .group(group)
                .channel(GLibSocketChannel.class)
                .handler(client)
                .connect((InetSocketAddress) server.localAddress())
                .sync()
                .channel();
        return client;
    }

    @Override
    public void close() throws InterruptedException {
        group.shutdownGracefully(0, TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(group.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .as("the group terminates")
                .isTrue();
        if (mainLoop != null) {
            mainLoop.close();
        }
    }

    /** Sends back what comes. */
    public static class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ctx.writeAndFlush(msg);
        }
    }

    /** Sends and receives short texts. */
    public static final class Client extends SimpleChannelInboundHandler<ByteBuf> {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private volatile @Nullable Channel channel;

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {
            received.add(msg.toString(StandardCharsets.US_ASCII));
        }

        public Channel channel() {
            return Objects.requireNonNull(channel, "not connected");
        }

        public void send(String text) {
            channel().writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        }

        public String receive() throws InterruptedException {
            String text = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return Objects.requireNonNull(text, "no answer within " + TIMEOUT_SECONDS + " s");
        }

        /** Whatever has come so far, without waiting. */
        public boolean hasReceived() {
            return !received.isEmpty();
        }

        public String ask(String text) throws InterruptedException {
            send(text);
            return receive();
        }
    }
}

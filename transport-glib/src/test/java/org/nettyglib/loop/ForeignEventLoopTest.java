package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.LoopFixture.Client;
import org.nettyglib.loop.LoopFixture.Echo;

/** {@link GLibIoHandler} in event loops that are not ours. */
class ForeignEventLoopTest {
    private static Channel serve(IoEventLoopGroup group) throws InterruptedException {
        return serve(group, Echo::new);
    }

    private static Channel serve(IoEventLoopGroup group, Supplier<ChannelHandler> handler) throws InterruptedException {
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

    @Test
    void shouldServeAMultiThreadIoEventLoopGroup() throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2, GLibIoHandler.newFactory());
        try {
            Channel server = serve(group);
            Client client = LoopFixture.connect(server, group);
            assertThat(client.ask("hello")).isEqualTo("hello");
            assertThat(group.next()
                            .schedule(() -> "timer", 20, TimeUnit.MILLISECONDS)
                            .get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("timer");
            assertThat(group.isIoType(GLibIoHandler.class)).isTrue();
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    /** Its tasks are out of reach there, its channels are not. */
    @Test
    void shouldServeChannelsInsideANestedLoop() throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, GLibIoHandler.newFactory());
        AtomicReference<MainLoop> nested = new AtomicReference<>();
        CountDownLatch entered = new CountDownLatch(1);
        try (LoopFixture clients = new LoopFixture()) {
            Channel server = serve(group, () -> new SimpleChannelInboundHandler<ByteBuf>() {
                @Override
                protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {
                    String text = msg.toString(StandardCharsets.US_ASCII);
                    if (text.equals("nest")) {
                        MainLoop loop = new MainLoop(MainContext.getThreadDefault(), false);
                        nested.set(loop);
                        entered.countDown();
                        loop.run();
                    } else if (text.equals("quit")) {
                        Objects.requireNonNull(nested.get()).quit();
                    }
                    ctx.writeAndFlush(msg.retain());
                }
            });
            Client nesting = clients.connect(server);
            Client other = clients.connect(server);
            assertThat(nesting.ask("before")).isEqualTo("before");
            assertThat(other.ask("before")).isEqualTo("before");
            nesting.send("nest");
            assertThat(entered.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(other.ask("hello")).isEqualTo("hello");
            assertThat(nesting.hasReceived()).isFalse();
            assertThat(other.ask("quit")).isEqualTo("quit");
            assertThat(nesting.receive()).isEqualTo("nest");
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    /** All on one thread of the test's, which never sleeps longer than the loop lets it. */
    @Test
    void shouldServeAManualIoEventLoop() throws Exception {
        ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), GLibIoHandler.newFactory());
        Channel server = bindManually(loop);
        Client client = new Client();
        Future<?> connected = new Bootstrap()
                .group(loop)
                .channel(GLibSocketChannel.class)
                .handler(client)
                .connect(server.localAddress());
        runUntil(loop, connected::isDone);
        assertThat(connected.isSuccess()).isTrue();
        ((ChannelFuture) connected).channel().writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));
        runUntil(loop, client::hasReceived);
        assertThat(client.receive()).isEqualTo("hello");

        AtomicBoolean timer = new AtomicBoolean();
        loop.schedule(() -> timer.set(true), 20, TimeUnit.MILLISECONDS);
        runUntil(loop, timer::get);

        Future<?> termination = loop.shutdownGracefully(0, 10, TimeUnit.SECONDS);
        runUntil(loop, termination::isDone);
        assertThat(server.isOpen()).isFalse();
    }

    @Test
    void shouldWakeAManualIoEventLoopThatWaits() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean stop = new AtomicBoolean();
        ManualIoEventLoop[] loops = new ManualIoEventLoop[1];
        Thread thread = Thread.ofPlatform().start(() -> {
            ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), GLibIoHandler.newFactory());
            loops[0] = loop;
            started.countDown();
            while (!stop.get()) {
                loop.run(0);
            }
            Future<?> termination = loop.shutdownGracefully(0, 10, TimeUnit.SECONDS);
            while (!termination.isDone()) {
                loop.runNow();
            }
        });
        started.await();
        for (int i = 0; i < 1_000; i++) {
            assertThat(loops[0].submit(() -> "done").get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("done");
        }
        loops[0].execute(() -> stop.set(true));
        thread.join(TimeUnit.SECONDS.toMillis(LoopFixture.TIMEOUT_SECONDS));
        assertThat(thread.isAlive()).isFalse();
    }

    private static Channel bindManually(ManualIoEventLoop loop) {
        ChannelHandler echo = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Echo());
            }
        };
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(GLibServerSocketChannel.class)
                .childHandler(echo)
                .bind("127.0.0.1", 0);
        runUntil(loop, bound::isDone);
        assertThat(bound.isSuccess()).isTrue();
        return bound.channel();
    }

    private static void runUntil(ManualIoEventLoop loop, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LoopFixture.TIMEOUT_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(end);
            loop.run(TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(1));
        }
    }
}

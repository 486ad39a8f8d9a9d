package org.nettyglib.testsuite.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.testsuite.AttachedLoops;

/** In-process channels, which have no descriptor for the loop to watch. */
@ParameterizedClass
@MethodSource("groups")
class GLibLocalChannelTest {

    private final EventLoopGroup group;

    GLibLocalChannelTest(Supplier<EventLoopGroup> newGroup) {
        group = newGroup.get();
    }

    static Stream<Named<Supplier<EventLoopGroup>>> groups() {
        return Stream.of(
                Named.of("GLib's loops", () -> new GLibEventLoopGroup(2)),
                Named.of("attached loops", () -> new AttachedLoops(2)));
    }

    @AfterEach
    void stopLoops() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    @Timeout(30)
    void shouldCarryMessagesOnTheirOwnLoops() throws InterruptedException {
        BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        CountDownLatch unregistered = new CountDownLatch(1);
        LocalAddress address = new LocalAddress(GLibLocalChannelTest.class);
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(LocalServerChannel.class)
                .childHandler(initializer(Echo::new))
                .bind(address)
                .sync()
                .channel();
        Channel client = new Bootstrap()
                .group(group)
                .channel(LocalChannel.class)
                .handler(initializer(() -> new Collect(answers, unregistered)))
                .connect(address)
                .sync()
                .channel();

        for (int i = 0; i < 100; i++) {
            client.writeAndFlush(i).sync();
            assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo(i);
        }

        client.close().sync();
        server.close().sync();
        assertThat(unregistered.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** The loop closes what is still registered when it ends, also what it does not poll. */
    @Test
    @Timeout(30)
    void shouldCloseLocalChannelsOnShutdown() throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(LocalServerChannel.class)
                .childHandler(initializer(Echo::new))
                .bind(new LocalAddress("shutdown"))
                .sync()
                .channel();

        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();

        assertThat(server.closeFuture().await(1, TimeUnit.SECONDS)).isTrue();
    }

    private static ChannelInitializer<Channel> initializer(Supplier<ChannelInboundHandlerAdapter> handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handler.get());
            }
        };
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            assertThat(ctx.channel().eventLoop().inEventLoop()).isTrue();
            ctx.writeAndFlush(message).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }

    private static final class Collect extends ChannelInboundHandlerAdapter {

        private final BlockingQueue<Object> messages;
        private final CountDownLatch unregistered;

        Collect(BlockingQueue<Object> messages, CountDownLatch unregistered) {
            this.messages = messages;
            this.unregistered = unregistered;
        }

        @Override
        public void channelUnregistered(ChannelHandlerContext ctx) {
            unregistered.countDown();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            assertThat(ctx.channel().eventLoop().inEventLoop()).isTrue();
            messages.add(message);
        }
    }
}

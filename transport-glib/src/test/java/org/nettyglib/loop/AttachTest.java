package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.ffi.LibGlib;
import org.nettyglib.loop.LoopFixture.Client;
import org.nettyglib.loop.LoopFixture.Echo;

/** A loop in a context that a plain {@code GMainLoop} iterates. */
class AttachTest {
    /** Does something in a callback of the loop's context that is none of Netty's. */
    private static <T> T inCallback(LoopFixture fixture, Consumer<CompletableFuture<T>> action) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        fixture.attach(GLib.idleSourceNew(), () -> {
            try {
                action.accept(result);
            } catch (Throwable t) {
                result.completeExceptionally(t);
            }
            return GLib.SOURCE_REMOVE;
        });
        return result.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void shouldServeChannelsTasksAndTimersInTheThreadThatRunsTheContext() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop();
                LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()))) {
            mainLoop.start();
            List<Thread> threads = new ArrayList<>();
            Channel server = fixture.serve(() -> new Echo() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object msg) {
                    threads.add(Thread.currentThread());
                    super.channelRead(ctx, msg);
                }
            });
            assertThat(fixture.connect(server).ask("hello")).isEqualTo("hello");
            fixture.run(() -> threads.add(Thread.currentThread()));
            fixture.loop()
                    .schedule(() -> threads.add(Thread.currentThread()), 1, TimeUnit.MILLISECONDS)
                    .sync();
            assertThat(threads).hasSize(3).containsOnly(mainLoop.thread());
            assertThat(fixture.loop().isAttached()).isTrue();
        }
    }

    @Test
    void shouldRunTasksAndTimersOfACallbackWithNothingElseToPushThem() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop();
                LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()))) {
            mainLoop.start();
            GLibEventLoop loop = fixture.loop();
            assertThat(AttachTest.<Boolean>inCallback(fixture, done -> done.complete(loop.inEventLoop())))
                    .isTrue();
            assertThat(AttachTest.<String>inCallback(fixture, done -> loop.execute(() -> done.complete("task"))))
                    .isEqualTo("task");
            assertThat(AttachTest.<String>inCallback(
                            fixture, done -> loop.schedule(() -> done.complete("timer"), 10, TimeUnit.MILLISECONDS)))
                    .isEqualTo("timer");
            assertThat(AttachTest.<String>inCallback(
                            fixture, done -> loop.executeAfterEventLoopIteration(() -> done.complete("tail"))))
                    .isEqualTo("tail");
        }
    }

    @Test
    void shouldBindConnectWriteAndCloseFromCallbacks() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop();
                LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()))) {
            mainLoop.start();
            Channel server = inCallback(
                    fixture,
                    done -> new ServerBootstrap()
                            .group(fixture.group())
                            .channel(GLibServerSocketChannel.class)
                            .childHandler(new Echo())
                            .bind("127.0.0.1", 0)
                            .addListener((ChannelFuture bound) -> done.complete(bound.channel())));
            Client client = new Client();
            Channel channel = inCallback(
                    fixture,
                    done -> new Bootstrap()
                            .group(fixture.group())
                            .channel(GLibSocketChannel.class)
                            .handler(client)
                            .connect(server.localAddress())
                            .addListener((ChannelFuture connected) -> done.complete(connected.channel())));
            AttachTest.<Boolean>inCallback(
                    fixture,
                    done -> channel.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII))
                            .addListener(written -> done.complete(written.isSuccess())));
            assertThat(client.receive()).isEqualTo("hello");
            assertThat(AttachTest.<Boolean>inCallback(
                            fixture, done -> channel.close().addListener(closed -> done.complete(closed.isSuccess()))))
                    .isTrue();
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @Test
    void shouldKeepWhatComesBeforeTheFirstIteration() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop();
                LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()))) {
            List<Integer> ran = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int task = i;
                fixture.loop().execute(() -> ran.add(task));
            }
            assertThat(fixture.loop().inEventLoop()).isFalse();
            assertThat(ran).isEmpty();
            mainLoop.start();
            fixture.run(() -> {});
            assertThat(ran).hasSize(100).isSorted();
        }
    }

    /** As in the activation of an application, whose main loop begins afterwards. */
    @Test
    void shouldKnowTheOwnerOfAContextThatWasNotIteratedYet() throws Exception {
        MainContext context = new MainContext();
        try (LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(context))) {
            assertThat(fixture.loop().inEventLoop()).isFalse();
            assertThat(context.acquire()).isTrue();
            assertThat(fixture.loop().inEventLoop()).isTrue();
            Thread other = Thread.ofPlatform()
                    .start(() -> assertThat(fixture.loop().inEventLoop()).isFalse());
            other.join();
            context.release();
            assertThat(fixture.loop().inEventLoop()).isFalse();
        }
    }

    @Test
    void shouldFollowTheContextFromOneThreadToTheNext() throws Exception {
        MainContext context = new MainContext();
        try (LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(context))) {
            List<Thread> threads = new ArrayList<>();
            Channel server = null;
            Client client = null;
            for (int i = 0; i < 5; i++) {
                MainLoop mainLoop = new MainLoop(context, false);
                Thread thread = Thread.ofPlatform().name("owner-" + i).start(mainLoop::run);
                if (server == null) {
                    server = fixture.serveEcho();
                    client = fixture.connect(server);
                }
                assertThat(Objects.requireNonNull(client).ask("round " + i)).isEqualTo("round " + i);
                fixture.run(() -> threads.add(Thread.currentThread()));
                assertThat(threads).hasSize(i + 1).endsWith(thread);
                assertThat(fixture.loop().inEventLoop(thread)).isTrue();
                mainLoop.quit();
                thread.join();
            }
            assertThat(threads).doesNotHaveDuplicates();
            // Nobody iterates it any more.
            fixture.group().shutdownGracefully(0, 1, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void shouldBeTheExecutorAndTheThreadDefaultContextOfItsHandlersOnly() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop();
                LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()))) {
            mainLoop.start();
            long context = fixture.context().handle().address();
            fixture.run(() -> {
                assertThat(ThreadExecutorMap.currentExecutor()).isSameAs(fixture.loop());
                assertThat(LibGlib.g_main_context_get_thread_default()).isEqualTo(context);
            });
            EventExecutor outside = inCallback(fixture, done -> {
                EventExecutor current = ThreadExecutorMap.currentExecutor();
                assertThat(LibGlib.g_main_context_get_thread_default()).isZero();
                done.complete(current);
            });
            assertThat(outside).isNull();
        }
    }

    @Test
    void shouldAttachToTheDefaultContext() throws Exception {
        try (LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach())) {
            MainLoop mainLoop = new MainLoop(null, false);
            Thread thread = Thread.ofPlatform().start(mainLoop::run);
            Channel server = fixture.serveEcho();
            assertThat(fixture.connect(server).ask("hello")).isEqualTo("hello");
            assertThatIllegalStateException()
                    .isThrownBy(GLibEventLoopGroup::new)
                    .withMessageContaining("already has a Netty event loop");
            fixture.group().shutdownGracefully(0, 30, TimeUnit.SECONDS).sync();
            mainLoop.quit();
            thread.join();
        }
        // It can be had again.
        try (LoopFixture own = new LoopFixture(new GLibEventLoopGroup())) {
            own.run(() -> {});
        }
    }

    @Test
    void shouldRefuseASecondLoopOnAContext() throws Exception {
        MainContext context = new MainContext();
        try (LoopFixture first = new LoopFixture(GLibEventLoopGroup.attach(context))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> GLibEventLoopGroup.attach(context))
                    .withMessageContaining("already has a Netty event loop");
            assertThat(first.loop().isShuttingDown()).isFalse();
        }
        try (LoopFixture second = new LoopFixture(GLibEventLoopGroup.attach(context))) {
            assertThat(second.loop().isAttached()).isTrue();
        }
        try (LoopFixture own = new LoopFixture()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> GLibEventLoopGroup.attach(own.context()))
                    .withMessageContaining("already has a Netty event loop");
        }
    }

    @Test
    void shouldTakeConnectionsOfManyThreads() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop();
                LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()));
                LoopFixture clients = new LoopFixture(new GLibEventLoopGroup(2))) {
            mainLoop.start();
            Channel server = fixture.serve(ChannelInboundHandlerEcho::new);
            List<Client> connected = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                connected.add(LoopFixture.connect(server, clients.group()));
            }
            for (Client client : connected) {
                client.send("hello");
            }
            for (Client client : connected) {
                assertThat(client.receive()).isEqualTo("hello");
            }
            assertThat(fixture.loop().registeredChannels()).isEqualTo(51);
        }
    }

    /** Answers from another thread than the loop's. */
    private static final class ChannelInboundHandlerEcho extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            Thread.ofVirtual().start(() -> ctx.writeAndFlush(msg));
        }
    }
}

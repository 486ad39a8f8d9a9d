package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.BlockingOperationException;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.SourceFuncs;
import org.nettyglib.loop.LoopFixture.Client;
import org.nettyglib.loop.LoopFixture.Echo;

/** How a loop ends whose thread is somebody else's, also where that thread does not help. */
class AttachedShutdownTest {
    private static void await(Future<?> future) {
        assertThat(future.awaitUninterruptibly(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .as("done in time")
                .isTrue();
    }

    @Test
    void shouldCloseAllAndLeaveNothingBehind() throws Exception {
        int sources = SourceFuncs.liveSources();
        try (ForeignMainLoop mainLoop = new ForeignMainLoop()) {
            GLibEventLoopGroup group = GLibEventLoopGroup.attach(mainLoop.context());
            mainLoop.start();
            LoopFixture fixture = new LoopFixture(group);
            Channel server = fixture.serveEcho();
            List<Channel> clients = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                clients.add(fixture.connect(server).channel());
            }
            fixture.close();
            assertThat(clients).noneMatch(Channel::isOpen);
            assertThat(group.isTerminated()).isTrue();
            assertThat(group.next().isTerminated()).isTrue();
        }
        Await.until(
                () -> SourceFuncs.liveSources() <= sources,
                () -> sources + " sources, but there are " + SourceFuncs.liveSources());
    }

    @Test
    void shouldLetTheContextGoOnInTheQuietPeriod() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop()) {
            LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()));
            mainLoop.start();
            fixture.run(() -> {});
            AtomicInteger ticks = new AtomicInteger();
            fixture.attach(GLib.timeoutSourceNew(1), () -> {
                ticks.incrementAndGet();
                return GLib.SOURCE_CONTINUE;
            });
            Future<?> ended = fixture.group().shutdownGracefully(1_500, 30_000, TimeUnit.MILLISECONDS);
            int before = ticks.get();
            await(ended);
            assertThat(ticks.get() - before).as("ticks meanwhile").isGreaterThan(10);
        }
    }

    @Test
    void shouldTakeTasksInTheQuietPeriodAndProlongIt() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop()) {
            LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()));
            mainLoop.start();
            GLibEventLoop loop = fixture.loop();
            // So long that this thread is not late by it.
            Future<?> ended = loop.shutdownGracefully(3_000, 30_000, TimeUnit.MILLISECONDS);
            for (int i = 0; i < 10; i++) {
                loop.submit(() -> {}).get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
                assertThat(loop.isShutdown()).isFalse();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            await(ended);
            assertThat(loop.isTerminated()).isTrue();
        }
    }

    @Test
    void shouldRunShutdownHooksOnItsThread() throws Exception {
        List<Thread> threads = new ArrayList<>();
        try (ForeignMainLoop mainLoop = new ForeignMainLoop()) {
            LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()));
            mainLoop.start();
            fixture.loop().addShutdownHook(() -> threads.add(Thread.currentThread()));
            fixture.close();
            assertThat(threads).containsExactly(mainLoop.thread());
        }
    }

    @Test
    void shouldCancelTimers() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop()) {
            LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()));
            mainLoop.start();
            Future<?> timer = fixture.loop().schedule(() -> {}, 1, TimeUnit.HOURS);
            fixture.close();
            assertThat(timer.isCancelled()).isTrue();
        }
    }

    /** An application whose main loop is over, and which then ends its group as any program of Netty does. */
    @Test
    void shouldEndOnTheThreadWhoseMainLoopIsOver() throws Exception {
        MainContext context = new MainContext();
        GLibEventLoopGroup group = GLibEventLoopGroup.attach(context);
        MainLoop mainLoop = new MainLoop(context, false);
        List<Thread> threads = new ArrayList<>();
        LoopFixture fixture = new LoopFixture(group);
        CountDownLatch served = new CountDownLatch(1);
        Thread owner = Thread.ofPlatform().start(() -> {
            mainLoop.run();
            group.shutdownGracefully(100, 30_000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
            served.countDown();
        });
        Channel server = fixture.serve(() -> new Echo() {
            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                threads.add(Thread.currentThread());
            }
        });
        Client client = fixture.connect(server);
        assertThat(client.ask("hello")).isEqualTo("hello");
        mainLoop.quit();
        assertThat(served.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        owner.join();
        assertThat(threads).containsExactly(owner);
        assertThat(group.isTerminated()).isTrue();
    }

    /** Which waits for the end of the group, but says so by another method. */
    @Test
    void shouldEndWithATryOnTheThreadWhoseMainLoopIsOver() throws Exception {
        MainContext context = new MainContext();
        GLibEventLoopGroup group = GLibEventLoopGroup.attach(context);
        Thread owner = Thread.ofPlatform().daemon().start(() -> {
            try (group) {
                Future<?> served = group.submit(() -> {});
                while (!served.isDone()) {
                    context.iteration(true);
                }
            }
        });
        owner.join(TimeUnit.SECONDS.toMillis(LoopFixture.TIMEOUT_SECONDS));
        assertThat(owner.isAlive()).isFalse();
        assertThat(group.isTerminated()).isTrue();
    }

    /** An application that ends its group in the last callback, and its main loop with it. */
    @Test
    void shouldEndLongBeforeItsTimeoutWhenTheMainLoopIsOver() throws Exception {
        MainContext context = new MainContext();
        LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(context));
        MainLoop mainLoop = new MainLoop(context, false);
        fixture.attach(GLib.idleSourceNew(), () -> {
            fixture.group().shutdownGracefully(0, 1, TimeUnit.HOURS);
            mainLoop.quit();
            return GLib.SOURCE_REMOVE;
        });
        mainLoop.run();
        await(fixture.group().terminationFuture());
        assertThat(fixture.group().terminationFuture().isSuccess()).isTrue();
    }

    /** The quiet period began with nobody there, but it is prolonged by those who are now. */
    @Test
    void shouldNotFailWhileALateMainLoopIsAtWork() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop()) {
            GLibEventLoopGroup group = GLibEventLoopGroup.attach(mainLoop.context());
            GLibEventLoop loop = group.next();
            Future<?> ended = group.shutdownGracefully(1, 60, TimeUnit.SECONDS);
            mainLoop.start();
            // Longer than somebody waits who looks whether there is a main loop at all.
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_500);
            while (System.nanoTime() < end && !loop.isShutdown()) {
                tryToExecute(loop);
                TimeUnit.MILLISECONDS.sleep(20);
            }
            await(ended);
            assertThat(ended.cause()).isNull();
            assertThat(loop.isTerminated()).isTrue();
        }
    }

    private static void tryToExecute(GLibEventLoop loop) {
        try {
            loop.execute(() -> {});
        } catch (RejectedExecutionException e) {
            // This thread was so late that the quiet period has passed.
            assertThat(loop.isShutdown()).isTrue();
        }
    }

    /** A window whose "Quit" waits for the loop would stand still until the timeout. */
    @Test
    void shouldRefuseToLetItsThreadWaitForTheEnd() throws Exception {
        try (LoopFixture fixture = LoopFixture.attached(GLibLoopOptions.defaults())) {
            GLibEventLoop loop = fixture.loop();
            List<Future<?>> ends =
                    List.of(loop.terminationFuture(), fixture.group().terminationFuture());
            fixture.run(() -> assertThat(ends).allSatisfy(AttachedShutdownTest::assertNotToBeWaitedFor));
            CompletableFuture<Future<?>> ended = new CompletableFuture<>();
            fixture.attach(GLib.idleSourceNew(), () -> {
                try {
                    Future<?> end = fixture.group().shutdownGracefully(1, 30, TimeUnit.SECONDS);
                    assertNotToBeWaitedFor(end);
                    ended.complete(end);
                } catch (Throwable t) {
                    ended.completeExceptionally(t);
                }
                return GLib.SOURCE_REMOVE;
            });
            await(ended.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS));
        }
    }

    private static void assertNotToBeWaitedFor(Future<?> end) {
        assertThatExceptionOfType(BlockingOperationException.class)
                .isThrownBy(() -> end.await(1, TimeUnit.MILLISECONDS))
                .withMessageContaining("iterates the main context");
    }

    /** The owner who begins the shutdown between two iterations of its own takes nothing over. */
    @Test
    void shouldBeTheNamedOwnersUntilTheEnd() throws Exception {
        MainContext context = new MainContext();
        GLibEventLoopGroup group =
                GLibEventLoopGroup.attach(context, GLibLoopOptions.defaults().owner(Thread.currentThread()));
        context.iteration(false);
        Future<?> ended = group.shutdownGracefully(1, 1, TimeUnit.HOURS);
        assertThat(group.next().inEventLoop()).isTrue();
        Thread wrong = Thread.ofPlatform().start(() -> {
            while (!group.next().isTerminated()) {
                context.iteration(false);
            }
        });
        wrong.join(TimeUnit.SECONDS.toMillis(LoopFixture.TIMEOUT_SECONDS));
        await(ended);
        assertThat(ended.cause()).isInstanceOf(IllegalStateException.class).hasMessageContaining("was said to own");
    }

    @Test
    void shouldEndWhenTheContextWasNeverIterated() throws Exception {
        GLibEventLoopGroup group = GLibEventLoopGroup.attach(new MainContext());
        Future<?> task = group.submit(() -> {});
        await(group.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS));
        assertThat(group.isTerminated()).isTrue();
        assertThat(task.isSuccess()).as("a task that was taken is run").isTrue();
    }

    @Test
    void shouldEndWhenTheContextIsNotIteratedAnyMore() throws Exception {
        MainContext context = new MainContext();
        LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(context));
        MainLoop mainLoop = new MainLoop(context, false);
        Thread owner = Thread.ofPlatform().start(mainLoop::run);
        Channel server = fixture.serveEcho();
        mainLoop.quit();
        owner.join();
        await(fixture.group().shutdownGracefully(0, 100, TimeUnit.MILLISECONDS));
        assertThat(server.isOpen()).isFalse();
        assertThat(fixture.group().isTerminated()).isTrue();
    }

    @Test
    void shouldSayThatAThreadKeepsTheContextWithoutIteratingIt() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop()) {
            LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()));
            mainLoop.start();
            CountDownLatch released = fixture.block();
            Future<?> ended = fixture.loop().shutdownGracefully(0, 100, TimeUnit.MILLISECONDS);
            await(ended);
            assertThat(ended.cause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("thread foreign-main-loop owns its main context");
            assertThat(fixture.group().terminationFuture().await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(fixture.loop().isTerminated()).isFalse();

            released.countDown();
            assertThat(fixture.loop().awaitTermination(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void shouldNotEndInsideAHandlerThatRunsANestedMainLoop() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop()) {
            LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()));
            mainLoop.start();
            Channel server = fixture.serveEcho();
            MainLoop nested = fixture.newMainLoop();
            CountDownLatch inside = new CountDownLatch(1);
            Future<Boolean> task = fixture.loop().submit(() -> {
                fixture.attach(GLib.idleSourceNew(), () -> {
                    inside.countDown();
                    return GLib.SOURCE_REMOVE;
                });
                nested.run();
                return fixture.loop().isTerminated();
            });
            assertThat(inside.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            Future<?> ended = fixture.group().shutdownGracefully(0, 30, TimeUnit.SECONDS);
            await(server.closeFuture());
            assertThat(ended.isDone()).isFalse();
            nested.quit();
            assertThat(task.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isFalse();
            await(ended);
            assertThat(fixture.group().isTerminated()).isTrue();
        }
    }

    @Test
    void shouldTakeAnyTimeout() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop()) {
            LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()));
            mainLoop.start();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> fixture.loop().shutdownGracefully(2, 1, TimeUnit.SECONDS));
            assertThat(fixture.loop().isShuttingDown()).isFalse();
            await(fixture.loop().shutdownGracefully(0, Long.MAX_VALUE, TimeUnit.SECONDS));
            assertThat(fixture.loop().isTerminated()).isTrue();
        }
    }
}

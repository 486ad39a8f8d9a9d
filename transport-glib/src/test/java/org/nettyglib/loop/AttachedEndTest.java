package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.LoopFixture.Echo;

/** The steps in which a loop comes to its end in somebody else's thread, and what handlers do meanwhile. */
class AttachedEndTest {
    /** Far more than such an end needs, and far less than a loop that spins comes to. */
    private static final long FEW_TURNS = 100;

    private static final Duration NEXT_TO_NOTHING = Duration.ofNanos(1);

    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** Binds a server that iterates the context when it is closed, as a dialog would. On the thread that owns it. */
    private static Channel bindIteratingAtItsEnd(MainContext context, GLibEventLoopGroup group, List<Boolean> ended) {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelInactive(ChannelHandlerContext ctx) {
                        for (int i = 0; i < 10; i++) {
                            context.iteration(false);
                        }
                        ended.add(group.next().isTerminated());
                    }
                })
                .childHandler(new Echo())
                .bind("127.0.0.1", 0);
        while (!bound.isDone()) {
            context.iteration(true);
        }
        return bound.channel();
    }

    private static void spin() {
        long end = System.nanoTime() + SPIN_NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** A step that counts for no turn would be taken again inside, and free what the outer one uses. */
    @Test
    void shouldEndOnceIfAHandlerIteratesTheContextMeanwhile() throws Exception {
        MainContext context = new MainContext();
        GLibEventLoopGroup group = GLibEventLoopGroup.attach(context);
        List<Boolean> ended = new ArrayList<>();
        Channel server = bindIteratingAtItsEnd(context, group, ended);
        Await.success(group.shutdownGracefully(0, LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS));
        assertThat(server.isOpen()).isFalse();
        assertThat(ended).containsExactly(false);
        assertThat(group.isTerminated()).isTrue();
    }

    /** The same where another thread ends it because nobody iterates the context any more. */
    @Test
    void shouldEndOnceIfAHandlerIteratesAContextThatWasAbandoned() throws Exception {
        MainContext context = new MainContext();
        GLibEventLoopGroup group = GLibEventLoopGroup.attach(context);
        List<Boolean> ended = new ArrayList<>();
        Thread owner = Thread.ofPlatform().start(() -> bindIteratingAtItsEnd(context, group, ended));
        owner.join();
        Await.success(group.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS));
        assertThat(ended).containsExactly(false);
        assertThat(group.isTerminated()).isTrue();
    }

    /** Nothing is left to do for the loop then, although it has not ended. */
    @Test
    void shouldNotSpinInAMainLoopThatAShutdownHookRuns() throws Exception {
        try (LoopFixture fixture = LoopFixture.attached(GLibLoopOptions.defaults())) {
            GLibLoopMetrics metrics = fixture.loop().metrics();
            List<Long> turns = new ArrayList<>();
            fixture.loop().addShutdownHook(() -> {
                MainLoop nested = fixture.newMainLoop();
                fixture.attach(GLib.timeoutSourceNew(200), () -> {
                    nested.quit();
                    return GLib.SOURCE_REMOVE;
                });
                long before = metrics.dispatches();
                nested.run();
                turns.add(metrics.dispatches() - before);
            });
            Await.success(fixture.loop().shutdownGracefully(0, LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS));
            assertThat(turns).hasSize(1).allMatch(count -> count < FEW_TURNS);
        }
    }

    /** A turn that the end waited for is over, but a task has prolonged the quiet period meanwhile. */
    @Test
    void shouldNotSpinInAQuietPeriodAfterANestedMainLoop() throws Exception {
        try (LoopFixture fixture = LoopFixture.attached(GLibLoopOptions.defaults())) {
            GLibLoopMetrics metrics = fixture.loop().metrics();
            MainLoop nested = fixture.newMainLoop();
            CountDownLatch inside = new CountDownLatch(1);
            fixture.loop().execute(() -> {
                fixture.loop().execute(inside::countDown);
                nested.run();
            });
            assertThat(inside.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            Future<?> ended = fixture.loop().shutdownGracefully(500, 60_000, TimeUnit.MILLISECONDS);
            // The quiet period passes, and the end waits for the task that runs the main loop.
            TimeUnit.MILLISECONDS.sleep(1_000);
            assertThat(ended.isDone()).isFalse();
            fixture.run(() -> {});
            long before = metrics.dispatches();
            nested.quit();
            Await.success(ended);
            assertThat(metrics.dispatches() - before).isLessThan(FEW_TURNS);
        }
    }

    /** However short a turn is, it closes one channel. */
    @Test
    void shouldEndBeforeItsTimeoutWithAnyBudget() throws Exception {
        try (LoopFixture fixture =
                LoopFixture.attached(GLibLoopOptions.defaults().dispatchBudget(NEXT_TO_NOTHING))) {
            Channel server = fixture.serveEcho();
            for (int i = 0; i < 10; i++) {
                fixture.connect(server);
            }
            Await.success(fixture.group().shutdownGracefully(0, 1, TimeUnit.HOURS));
            assertThat(server.isOpen()).isFalse();
            assertThat(fixture.group().isTerminated()).isTrue();
        }
    }

    /** Channels that are closed after the loop has ended could hand in no task that tells their handlers. */
    @Test
    void shouldTellHandlersAlsoOfChannelsThatATimeoutCloses() throws Exception {
        AtomicInteger inactive = new AtomicInteger();
        AtomicInteger unregistered = new AtomicInteger();
        try (LoopFixture fixture =
                LoopFixture.attached(GLibLoopOptions.defaults().dispatchBudget(NEXT_TO_NOTHING))) {
            Channel server = fixture.serve(() -> new Echo() {
                @Override
                public void channelInactive(ChannelHandlerContext ctx) {
                    inactive.incrementAndGet();
                }

                @Override
                public void channelUnregistered(ChannelHandlerContext ctx) {
                    unregistered.incrementAndGet();
                }
            });
            for (int i = 0; i < 20; i++) {
                assertThat(fixture.connect(server).ask("hello")).isEqualTo("hello");
            }
            Await.success(fixture.group().shutdownGracefully(0, 0, TimeUnit.SECONDS));
        }
        assertThat(inactive).hasValue(20);
        assertThat(unregistered).hasValue(20);
    }

    /** Closing channels and running tasks have a turn's time together, not each. */
    @Test
    void shouldEndInSmallSteps() throws Exception {
        Map<Long, Integer> spinsByTurn = new HashMap<>();
        try (LoopFixture fixture =
                LoopFixture.attached(GLibLoopOptions.defaults().dispatchBudget(Duration.ZERO))) {
            GLibLoopMetrics metrics = fixture.loop().metrics();
            Runnable step = () -> {
                spin();
                spinsByTurn.merge(metrics.dispatches(), 1, Integer::sum);
            };
            for (int i = 0; i < 200; i++) {
                GLibSocketChannel channel = new GLibSocketChannel();
                channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelUnregistered(ChannelHandlerContext ctx) {
                        step.run();
                    }
                });
                channel.closeFuture().addListener(closed -> step.run());
                Await.success(fixture.loop().register(channel));
            }
            Await.success(fixture.group().shutdownGracefully(0, 1, TimeUnit.HOURS));
        }
        assertThat(spinsByTurn.values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(400);
        // Each takes a tenth of a millisecond at least, and the clock is not looked at after each.
        assertThat(spinsByTurn.values()).allMatch(spins -> spins <= 40);
    }

    /** Netty says that a loop is shutting down a moment before it hands over what ends it: a turn may come between. */
    @Test
    void shouldNotEndBeforeItCanAndNotTwice() throws Exception {
        AtomicInteger ends = new AtomicInteger();
        try (LoopFixture fixture = LoopFixture.attached(GLibLoopOptions.defaults())) {
            GLibEventLoop loop = fixture.loop();
            Attachment attachment =
                    new Attachment(new Owner(fixture.context().handle().address(), null));
            attachment.bind(loop, loop.newPromise());
            GracefulShutdown shutdown = attachment.shutdown();
            shutdown.request(0, TimeUnit.HOURS.toNanos(1));
            fixture.run(() -> shutdown.step(1));
            assertThat(ends).hasValue(0);
            attachment.execute(ends::incrementAndGet);
            fixture.run(() -> shutdown.step(1));
            assertThat(ends).hasValue(1);
            fixture.run(() -> shutdown.step(1));
            assertThat(ends).hasValue(1);
        }
    }
}

package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.gnome.glib.GLib;
import org.gnome.glib.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;

/** The priority and the budget of a loop, with a thread of its own and without. */
class LoopOptionsTest {
    private static final Duration BUDGET = Duration.ofMillis(1);

    /** Opens a loop with these options. */
    private enum Kind {
        OWN_THREAD(options -> new LoopFixture(new GLibEventLoopGroup(1, null, options))),
        ATTACHED(LoopFixture::attached);

        private final Function<GLibLoopOptions, LoopFixture> open;

        Kind(Function<GLibLoopOptions, LoopFixture> open) {
            this.open = open;
        }

        LoopFixture open(GLibLoopOptions options) {
            return open.apply(options);
        }
    }

    private static void logOnce(LoopFixture fixture, int priority, List<String> log) {
        Source source = GLib.idleSourceNew();
        source.setPriority(priority);
        fixture.attach(source, () -> {
            log.add("source of " + priority);
            return GLib.SOURCE_REMOVE;
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldRunTasksAtTheLoopsPriority(Kind kind) throws Exception {
        try (LoopFixture fixture =
                kind.open(GLibLoopOptions.defaults().priority(100).dispatchBudget(Duration.ZERO))) {
            List<String> log = new ArrayList<>();
            CountDownLatch done = new CountDownLatch(1);
            fixture.run(() -> {
                logOnce(fixture, 50, log);
                logOnce(fixture, 150, log);
                Source last = GLib.idleSourceNew();
                fixture.attach(last, () -> {
                    done.countDown();
                    return GLib.SOURCE_REMOVE;
                });
                // Not in this turn, which takes tasks until there are none.
                fixture.loop().schedule(() -> log.add("task"), 0, TimeUnit.NANOSECONDS);
            });
            assertThat(done.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(log).containsExactly("source of 50", "task", "source of 150");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldGiveChannelsTheLoopsPriority(Kind kind) throws Exception {
        try (LoopFixture fixture =
                kind.open(GLibLoopOptions.defaults().priority(100).dispatchBudget(Duration.ZERO))) {
            List<String> log = new ArrayList<>();
            CountDownLatch read = new CountDownLatch(1);
            Channel server = fixture.serve(() -> new SimpleChannelInboundHandler<ByteBuf>() {
                @Override
                protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {
                    log.add("channel");
                    read.countDown();
                }
            });
            InetSocketAddress address = (InetSocketAddress) server.localAddress();
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                while (fixture.loop().registeredChannels() < 2) {
                    Thread.onSpinWait();
                }
                fixture.call(() -> {
                    // Over loopback it is there when this returns.
                    client.getOutputStream().write(1);
                    logOnce(fixture, 50, log);
                    return null;
                });
                assertThat(read.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                        .isTrue();
            }
            assertThat(log).containsExactly("source of 50", "channel");
        }
    }

    /** A loop that is never idle: each task hands in the next. */
    private static void flood(LoopFixture fixture, AtomicInteger ran, AtomicBoolean ended) {
        fixture.loop().execute(() -> {
            ran.incrementAndGet();
            if (!ended.get()) {
                flood(fixture, ran, ended);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldLetIdleFunctionsHaveTheirTurnAboveTheBudget(Kind kind) throws Exception {
        try (LoopFixture fixture = kind.open(GLibLoopOptions.defaults().dispatchBudget(BUDGET))) {
            AtomicInteger ran = new AtomicInteger();
            AtomicBoolean ended = new AtomicBoolean();
            flood(fixture, ran, ended);
            CountDownLatch turns = new CountDownLatch(20);
            fixture.attach(GLib.idleSourceNew(), () -> {
                turns.countDown();
                return turns.getCount() > 0;
            });
            assertThat(turns.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            // The idle function that is always ready does not starve the loop in turn.
            int before = ran.get();
            fixture.run(() -> {});
            Await.until(() -> ran.get() > before, () -> "more tasks than " + before);
            assertThat(fixture.loop().metrics().yields()).isPositive();
            ended.set(true);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldKeepIdleFunctionsWaitingWithoutABudget(Kind kind) throws Exception {
        try (LoopFixture fixture = kind.open(GLibLoopOptions.defaults().dispatchBudget(Duration.ZERO))) {
            AtomicInteger ran = new AtomicInteger();
            AtomicBoolean ended = new AtomicBoolean();
            flood(fixture, ran, ended);
            fixture.run(() -> {});
            AtomicBoolean idle = new AtomicBoolean();
            CountDownLatch attached = new CountDownLatch(1);
            fixture.loop().execute(() -> {
                fixture.attach(GLib.idleSourceNew(), () -> {
                    idle.set(true);
                    return GLib.SOURCE_REMOVE;
                });
                attached.countDown();
            });
            assertThat(attached.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            for (int before = ran.get(); ran.get() - before < 100_000; ) {
                Thread.onSpinWait();
            }
            assertThat(idle).isFalse();
            assertThat(fixture.loop().metrics().yields()).isZero();
            ended.set(true);
        }
    }

    @Test
    void shouldReadTheWatchdogFromItsProperty() {
        assertThat(GLibLoopOptions.defaults().watchdog()).isZero();
        System.setProperty(GLibLoopOptions.WATCHDOG_PROPERTY, "1500");
        try {
            assertThat(GLibLoopOptions.defaults().watchdog()).isEqualTo(Duration.ofMillis(1_500));
            System.setProperty(GLibLoopOptions.WATCHDOG_PROPERTY, "-1");
            assertThatIllegalArgumentException()
                    .isThrownBy(GLibLoopOptions::defaults)
                    .withMessageContaining(GLibLoopOptions.WATCHDOG_PROPERTY);
        } finally {
            System.clearProperty(GLibLoopOptions.WATCHDOG_PROPERTY);
        }
    }

    @Test
    void shouldChangeNothingButWhatIsSet() {
        GLibLoopOptions options = GLibLoopOptions.defaults()
                .backend(GLibBackend.SOURCE_PER_FD)
                .priority(-10)
                .dispatchBudget(BUDGET)
                .owner(Thread.currentThread())
                .watchdog(Duration.ofSeconds(2));
        assertThat(options.backend()).isEqualTo(GLibBackend.SOURCE_PER_FD);
        assertThat(options.priority()).isEqualTo(-10);
        assertThat(options.dispatchBudget()).isEqualTo(BUDGET);
        assertThat(options.owner()).isEqualTo(Thread.currentThread());
        assertThat(options.watchdog()).isEqualTo(Duration.ofSeconds(2));
        assertThat(GLibLoopOptions.defaults().dispatchBudget()).isNull();
        assertThat(GLibLoopOptions.defaults().owner()).isNull();
    }
}

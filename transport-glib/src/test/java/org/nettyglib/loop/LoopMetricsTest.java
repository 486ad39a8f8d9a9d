package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.GLib;
import org.gnome.glib.MainLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;

/** What a loop counts of itself, against what it was made to do. */
@ParameterizedClass
@EnumSource(LoopKind.class)
class LoopMetricsTest {
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final LoopKind kind;

    LoopMetricsTest(LoopKind kind) {
        this.kind = kind;
    }

    private static void spin() {
        long end = System.nanoTime() + BUSY_NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldCountIterationsAndTurns() throws Exception {
        try (LoopFixture fixture = openWithoutBudget()) {
            GLibLoopMetrics metrics = fixture.loop().metrics();
            int rounds = 100;
            CountDownLatch left = new CountDownLatch(rounds);
            fixture.run(() -> {});
            long iterations = metrics.iterations();
            long dispatches = metrics.dispatches();
            fixture.attach(GLib.idleSourceNew(), () -> {
                left.countDown();
                // Comes before the idle function, so that each round is a turn.
                fixture.loop().execute(() -> {});
                return left.getCount() > 0;
            });
            assertThat(left.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            fixture.run(() -> {});
            assertThat(metrics.dispatches() - dispatches).isBetween(rounds - 1L, rounds + 3L);
            assertThat(metrics.iterations() - iterations).isBetween(2L * rounds - 1, 2L * rounds + 10);
        }
    }

    /** A busy machine would have the loop pause, which takes iterations. */
    private LoopFixture openWithoutBudget() {
        GLibLoopOptions options = GLibLoopOptions.defaults().dispatchBudget(Duration.ZERO);
        return kind == LoopKind.ATTACHED
                ? LoopFixture.attached(options)
                : new LoopFixture(new GLibEventLoopGroup(1, null, options));
    }

    @Test
    void shouldTimeTurns() throws Exception {
        try (LoopFixture fixture = kind.open()) {
            GLibLoopMetrics metrics = fixture.loop().metrics();
            fixture.run(LoopMetricsTest::spin);
            // The turn goes on for a moment after its last task.
            Await.until(() -> metrics.longestDispatchNanos() >= BUSY_NANOS, () -> "a turn of 50 ms");
            assertThat(metrics.dispatchNanos()).isGreaterThanOrEqualTo(metrics.longestDispatchNanos());
        }
    }

    /** A modal dialog may stay open for hours: nothing is kept waiting by it. */
    @Test
    void shouldNotTakeTheWaitOfANestedMainLoopForATurn() throws Exception {
        try (LoopFixture fixture = kind.open()) {
            GLibLoopMetrics metrics = fixture.loop().metrics();
            fixture.run(() -> {});
            long start = System.nanoTime();
            fixture.run(() -> {
                MainLoop nested = fixture.newMainLoop();
                fixture.attach(GLib.timeoutSourceNew(2_000), () -> {
                    nested.quit();
                    return GLib.SOURCE_REMOVE;
                });
                nested.run();
            });
            long whole = System.nanoTime() - start;
            assertThat(whole).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(1_900));
            assertThat(metrics.longestDispatchNanos()).isLessThan(whole / 2);
        }
    }

    /** It had not been counted after the nested main loop's last iteration. */
    @Test
    void shouldTimeWhatATurnDoesAfterANestedMainLoop() throws Exception {
        try (LoopFixture fixture = kind.open()) {
            GLibLoopMetrics metrics = fixture.loop().metrics();
            fixture.run(() -> {
                MainLoop nested = fixture.newMainLoop();
                fixture.attach(GLib.idleSourceNew(), () -> {
                    nested.quit();
                    return GLib.SOURCE_REMOVE;
                });
                fixture.loop().executeAfterEventLoopIteration(LoopMetricsTest::spin);
                nested.run();
            });
            Await.until(() -> metrics.longestDispatchNanos() >= BUSY_NANOS, () -> "a turn of 50 ms");
        }
    }

    @Test
    void shouldCountTheTurnsInsideOfEachOther() throws Exception {
        try (LoopFixture fixture = kind.open()) {
            GLibEventLoop loop = fixture.loop();
            int[] depths = new int[3];
            fixture.run(() -> {
                depths[0] = loop.metrics().nestingDepth();
                MainLoop nested = fixture.newMainLoop();
                loop.execute(() -> {
                    depths[1] = loop.metrics().nestingDepth();
                    nested.quit();
                });
                nested.run();
                depths[2] = loop.metrics().nestingDepth();
            });
            assertThat(depths).containsExactly(1, 2, 1);
        }
    }

    @Test
    void shouldTellWakeUpsThatWereWrittenFromThoseThatWereSaved() throws Exception {
        try (LoopFixture fixture = kind.open()) {
            GLibLoopMetrics metrics = fixture.loop().metrics();
            fixture.run(() -> {});
            long written = metrics.wakeupsWritten();
            long saved = metrics.wakeupsSaved();
            CountDownLatch queued = new CountDownLatch(1);
            fixture.loop().execute(() -> {
                try {
                    queued.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (fixture.loop().pendingTasks() > 0) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 1_000; i++) {
                fixture.loop().execute(() -> {});
            }
            queued.countDown();
            fixture.run(() -> {});
            assertThat(metrics.wakeupsSaved() - saved).isGreaterThanOrEqualTo(1_000);
            assertThat(metrics.wakeupsWritten() - written).isLessThan(10);
        }
    }

    @Test
    void shouldSayHowLateItIs() throws Exception {
        try (LoopFixture fixture = kind.open()) {
            GLibEventLoop loop = fixture.loop();
            fixture.run(() -> {});
            assertThat(loop.metrics().lagNanos()).as("nothing is due").isZero();
            CountDownLatch released = fixture.block();
            loop.execute(() -> {});
            long start = System.nanoTime();
            long lag = 0;
            while (lag < BUSY_NANOS
                    && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(LoopFixture.TIMEOUT_SECONDS)) {
                lag = loop.metrics().lagNanos();
            }
            assertThat(lag).isGreaterThanOrEqualTo(BUSY_NANOS);
            released.countDown();
        }
    }
}

package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks and timers from other threads: none is lost, none runs twice, whatever the loop is doing. */
@ParameterizedClass
@EnumSource
class WakeupTest {
    private static final int THREADS = 8;

    private final LoopFixture fixture;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    WakeupTest(LoopKind kind) {
        fixture = kind.open();
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        threads.shutdownNow();
        fixture.close();
    }

    private interface Hammer {
        void run(int thread) throws Exception;
    }

    private void hammer(Hammer hammer) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            running.add(threads.submit(() -> {
                hammer.run(thread);
                return null;
            }));
        }
        for (Future<?> future : running) {
            future.get(2 * LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldRunEachTaskOnceWhenEightThreadsHammer() throws Exception {
        int each = 100_000;
        AtomicLong sum = new AtomicLong();
        CountDownLatch all = new CountDownLatch(THREADS * each);
        hammer(thread -> {
            for (int i = 1; i <= each; i++) {
                int value = i;
                fixture.loop().execute(() -> {
                    sum.addAndGet(value);
                    all.countDown();
                });
            }
        });
        assertThat(all.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(sum).hasValue((long) THREADS * each * (each + 1) / 2);
    }

    /** The loop falls asleep between the tasks, each time a little earlier or later than the next one comes. */
    @Test
    void shouldWakeForATaskThatComesAsTheLoopFallsAsleep() throws Exception {
        hammer(thread -> {
            for (int i = 0; i < 3_000; i++) {
                assertThat(fixture.call(() -> "done")).isEqualTo("done");
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(30_000));
            }
        });
    }

    @Test
    void shouldRunEachTimerOnceWhenEightThreadsSchedule() throws Exception {
        int each = 5_000;
        CountDownLatch all = new CountDownLatch(THREADS * each);
        hammer(thread -> {
            for (int i = 0; i < each; i++) {
                int delay = ThreadLocalRandom.current().nextInt(50_000);
                fixture.loop().schedule(all::countDown, delay, TimeUnit.MICROSECONDS);
            }
        });
        assertThat(all.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** An earlier timer than the one that the loop sleeps for has to be seen. */
    @Test
    void shouldWakeForAnEarlierTimer() throws Exception {
        var late = fixture.loop().schedule(() -> {}, 1, TimeUnit.HOURS);
        for (int i = 0; i < 200; i++) {
            fixture.loop()
                    .schedule(() -> {}, 1, TimeUnit.MILLISECONDS)
                    .get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(late.isDone()).isFalse();
        late.cancel(false);
    }

    @Test
    void shouldNotRunACancelledTimerAndStillRunLaterOnes() throws Exception {
        AtomicLong cancelledRan = new AtomicLong();
        for (int i = 0; i < 50; i++) {
            // On the loop, where the timer cannot run in between.
            var later = fixture.call(() -> {
                var cancelled = fixture.loop().schedule(cancelledRan::incrementAndGet, 2, TimeUnit.MILLISECONDS);
                assertThat(cancelled.cancel(false)).isTrue();
                return fixture.loop().schedule(() -> {}, 4, TimeUnit.MILLISECONDS);
            });
            later.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(cancelledRan).hasValue(0);
    }

    @Test
    void shouldNeverRunATimerEarly() throws Exception {
        for (int micros : new int[] {0, 1, 50, 300, 999, 1000, 1001, 1700, 20_000}) {
            long start = System.nanoTime();
            long ran = fixture.loop()
                    .schedule(System::nanoTime, micros, TimeUnit.MICROSECONDS)
                    .get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertThat(ran - start).isGreaterThanOrEqualTo(TimeUnit.MICROSECONDS.toNanos(micros));
        }
    }
}

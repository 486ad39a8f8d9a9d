package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.gio.Cancellable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.CancelledSignal;
import org.nettyglib.ffi.StubPool;

/**
 * Cancellations of each kind, 100,000 in all, which come before an operation begins, while it is under way, when it ends, and
 * afterwards: by one thread, while the loop's own begins and ends them.
 */
@ParameterizedClass
@EnumSource
class GioCancelRaceTest {
    private static final int OPERATIONS_OF_A_KIND = 5_600;
    private static final int AT_A_TIME = 200;

    /** How many are begun before the first of them is cancelled. */
    private static final int MAX_LEAD = 8;

    private static final int LOOPS_TO_CLOSE = 30;

    /** Who cancels. */
    private enum By {
        FUTURE {
            @Override
            void cancel(Contestant contestant) {
                contestant.future.cancel(false);
            }
        },

        STAGE {
            @Override
            void cancel(Contestant contestant) {
                contestant.future.toCompletionStage().toCompletableFuture().cancel(false);
            }
        },

        OWN_CANCELLABLE {
            @Override
            void cancel(Contestant contestant) {
                contestant.future.cancellable().cancel();
            }
        },

        PARENT {
            @Override
            void cancel(Contestant contestant) {
                contestant.parent.cancel();
            }
        },

        DEADLINE {
            @Override
            void cancel(Contestant contestant) {
                contestant.future.withTimeout(Duration.ofNanos(1));
            }
        };

        abstract void cancel(Contestant contestant);
    }

    /** One operation, which ends by itself as soon as it was begun, and whose result comes in any case. */
    private static final class Contestant {
        final TestOperation operation = TestOperation.deaf();
        final Cancellable parent;
        final GioFuture<Long> future;
        final AtomicInteger told = new AtomicInteger();

        Contestant(EventLoop loop, Cancellable parent) {
            this.parent = parent;
            operation.task.thenAccept(task -> task.end(7));
            future = GioFutures.start(loop, parent, operation, operation).addListener(done -> told.incrementAndGet());
        }

        boolean isOver() {
            return told.get() > 0 && operation.finished.get() == operation.begun.get();
        }

        void assertOneOutcome() {
            assertThat(told).as("how often its listener was told").hasValue(1);
            int begun = operation.begun.get();
            assertThat(begun).isLessThanOrEqualTo(1);
            if (future.isSuccess()) {
                assertThat(future.getNow()).isEqualTo(7);
                operation.assertCounts(1, 1, 0);
            } else {
                operation.assertCounts(begun, begun, begun);
                if (!future.isCancelled()) {
                    assertThat(future.cause())
                            .isInstanceOfAny(TimeoutException.class, RejectedExecutionException.class);
                }
            }
        }
    }

    private final GioLoopKind kind;
    private final int stubs = StubPool.used();
    private final int connected = CancelledSignal.connected();

    GioCancelRaceTest(GioLoopKind kind) {
        this.kind = kind;
    }

    @AfterEach
    void tearDown() {
        assertThat(StubPool.used()).as("function pointers in use").isEqualTo(stubs);
        assertThat(CancelledSignal.connected()).as("signal handlers").isEqualTo(connected);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveOneOutcome(By by) throws Exception {
        Random random = new Random(1);
        Cancellable shared = new Cancellable();
        int cancelled = 0;
        try (GioLoop loop = kind.open()) {
            for (int round = 0; round < OPERATIONS_OF_A_KIND / AT_A_TIME; round++) {
                int lead = random.nextInt(MAX_LEAD);
                List<Contestant> all = new ArrayList<>();
                for (int i = 0; i < AT_A_TIME + lead; i++) {
                    if (i < AT_A_TIME) {
                        all.add(new Contestant(loop.loop(), by == By.PARENT ? new Cancellable() : shared));
                    }
                    if (i >= lead) {
                        by.cancel(all.get(i - lead));
                    }
                }
                for (Contestant contestant : all) {
                    Await.until(contestant::isOver, () -> "the operation is over: " + contestant.future);
                    cancelled += contestant.future.isSuccess() ? 0 : 1;
                }
                assertThat(loop.underWay()).isZero();
                all.forEach(Contestant::assertOneOutcome);
            }
        }
        System.out.printf("%s, cancelled by %s: %,d of %,d%n", kind, by, cancelled, OPERATIONS_OF_A_KIND);
    }

    /** What is begun while the loop ends is finished by it, and the rest is never begun. */
    @Test
    void shouldHaveOneOutcomeWhenTheLoopIsClosed() throws Exception {
        Cancellable shared = new Cancellable();
        for (int round = 0; round < LOOPS_TO_CLOSE; round++) {
            GioLoop loop = kind.open();
            List<Contestant> all = new ArrayList<>();
            CountDownLatch some = new CountDownLatch(20);
            Thread starting = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < AT_A_TIME; i++) {
                    all.add(new Contestant(loop.loop(), shared));
                    some.countDown();
                }
            });
            some.await();
            loop.close();
            starting.join();
            for (Contestant contestant : all) {
                Await.until(contestant::isOver, () -> "the operation is over: " + contestant.future);
                contestant.assertOneOutcome();
            }
        }
    }
}

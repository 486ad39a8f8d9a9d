package org.nettyglib.testsuite.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.loop.GLibIoHandler;

/** A loop that the user's thread runs, beside work of its own, at the moment in which it decides to wait. */
@Timeout(60)
class GLibManualEventLoopTest {

    /** The first time it may be initialised, the second time it is like all others. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldRunTaskThatComesAsItIsAboutToBlock(int time) throws Exception {
        PausingLoop loop = new PausingLoop(time);
        loop.start();
        loop.awaitPause();

        Future<String> task = loop.submit(() -> "done");
        loop.goOn();

        assertThat(task.get(10, TimeUnit.SECONDS)).isEqualTo("done");
        loop.end();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldReturnForOtherWorkThatComesAsItIsAboutToBlock(int time) throws Exception {
        PausingLoop loop = new PausingLoop(time);
        loop.start();
        loop.awaitPause();

        CompletableFuture<@Nullable Void> done = loop.giveOtherWork();
        loop.goOn();

        done.get(10, TimeUnit.SECONDS);
        loop.end();
    }

    @RepeatedTest(50)
    void shouldEndWheneverShutdownComes() throws Exception {
        PausingLoop loop = new PausingLoop(Integer.MAX_VALUE);
        loop.start();
        loop.end();
    }

    private static final class PausingLoop extends ManualIoEventLoop {

        private final int pauseAt;
        private final CountDownLatch paused = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final AtomicReference<@Nullable CompletableFuture<@Nullable Void>> otherWork = new AtomicReference<>();
        private int times;

        PausingLoop(int pauseAt) {
            super(null, GLibIoHandler.newFactory());
            this.pauseAt = pauseAt;
        }

        void start() {
            Thread.ofPlatform().daemon().start(() -> {
                setOwningThread(Thread.currentThread());
                while (!isShuttingDown()) {
                    run(0);
                    CompletableFuture<@Nullable Void> work = otherWork.getAndSet(null);
                    if (work != null) {
                        work.complete(null);
                    }
                }
                while (!isTerminated()) {
                    runNow();
                }
            });
        }

        @Override
        protected boolean canBlock() {
            if (++times == pauseAt) {
                paused.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return otherWork.get() == null;
        }

        /** Gives it something to do meanwhile, so that it decides to wait more than once. */
        void awaitPause() throws InterruptedException {
            while (!paused.await(1, TimeUnit.MILLISECONDS)) {
                execute(() -> {});
            }
        }

        void goOn() {
            goOn.countDown();
        }

        CompletableFuture<@Nullable Void> giveOtherWork() {
            CompletableFuture<@Nullable Void> work = new CompletableFuture<>();
            otherWork.set(work);
            wakeup();
            return work;
        }

        void end() throws InterruptedException, ExecutionException, TimeoutException {
            shutdownGracefully(0, 0, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS);
        }
    }
}

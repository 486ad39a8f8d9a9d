package org.nettyglib.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.glib.MainContext;
import org.junit.jupiter.api.Test;

class UiQueueTest {

    private static final int THREADS = 4;
    private static final int TASKS = 20_000;

    /** Whoever finds the queue awake relies on the user interface's thread to look once more. */
    @Test
    void shouldRunEveryTaskOnTheThreadThatIterates() throws InterruptedException {
        MainContext context = new MainContext();
        UiQueue queue = new UiQueue(context);
        CountDownLatch left = new CountDownLatch(THREADS * TASKS);
        AtomicInteger elsewhere = new AtomicInteger();
        try (UiThread ui = UiThread.start(context)) {
            Runnable task = () -> {
                if (Thread.currentThread() != ui.get()) {
                    elsewhere.incrementAndGet();
                }
                left.countDown();
            };
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int posted = 0; posted < TASKS; posted++) {
                        queue.execute(task);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(elsewhere).hasValue(0);
    }

    @Test
    void shouldGoOnAfterATaskThatThrows() throws InterruptedException {
        MainContext context = new MainContext();
        UiQueue queue = new UiQueue(context);
        CountDownLatch ran = new CountDownLatch(1);
        try (UiThread ignored = UiThread.start(context)) {
            queue.execute(() -> {
                throw new IllegalStateException("100 % on purpose");
            });
            queue.execute(ran::countDown);
            assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}

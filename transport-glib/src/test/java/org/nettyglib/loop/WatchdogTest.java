package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.GLib;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Await;

/** A context that is not iterated is told of, with the stack of the thread that should, and no other is. */
class WatchdogTest {
    /** So long that a thread of a busy machine is not late by it: the watchdog would tell. */
    private static final GLibLoopOptions OPTIONS = GLibLoopOptions.defaults().watchdog(Duration.ofSeconds(1));

    private static final String STALLED = "has not been iterated for";
    private static final String OVER = "is iterated again, after";

    private final CapturedLog log = new CapturedLog();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void restoreLog() {
        release.countDown();
        log.close();
    }

    /** Recognised in the log. */
    private void blockHere() {
        try {
            assertThat(release.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The main loop is closed after the loop, which needs somebody to run it to its end. */
    private static LoopFixture attach(ForeignMainLoop application) {
        return new LoopFixture(GLibEventLoopGroup.attach(application.context(), OPTIONS));
    }

    private static Optional<Thread> thread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("glib-watchdog"))
                .findAny();
    }

    private static void awaitEndOfThread() throws InterruptedException {
        Await.until(() -> thread().isEmpty(), () -> "the end of the watchdog's thread");
    }

    @Test
    void shouldTellOnceWhereHandlerBlocks() throws Exception {
        try (LoopFixture fixture = new LoopFixture(new GLibEventLoopGroup(1, null, OPTIONS))) {
            fixture.loop().execute(this::blockHere);
            log.await("blockHere");
            // Time for it to be told again.
            Thread.sleep(2_000);
            assertThat(log.text()).containsOnlyOnce(STALLED).doesNotContain(OVER);

            release.countDown();
            log.await(OVER);
            assertThat(log.text())
                    .containsOnlyOnce(STALLED)
                    .contains(fixture.loop().observers().name());
        }
    }

    @Test
    void shouldTellWhereGlibCallbackBlocksAttachedLoop() throws Exception {
        try (ForeignMainLoop application = new ForeignMainLoop();
                LoopFixture fixture = attach(application)) {
            application.start();
            fixture.attach(GLib.idleSourceNew(), () -> {
                blockHere();
                return false;
            });
            log.await("blockHere");
            assertThat(log.text())
                    .contains(STALLED)
                    .contains("thread " + application.thread().getName())
                    .contains("(attached)");

            release.countDown();
            log.await(OVER);
        }
    }

    @Test
    void shouldTellWhereOwnerDoesSomethingElse() throws Exception {
        try (ForeignMainLoop application = new ForeignMainLoop();
                LoopFixture fixture = attach(application)) {
            Thread owner = Thread.ofPlatform().name("owner").start(() -> {
                application.context().iteration(false);
                blockHere();
            });
            log.await("blockHere");
            assertThat(log.text()).contains("thread owner");
            release.countDown();
            owner.join();

            application.start();
            log.await(OVER);
        }
    }

    @Test
    void shouldSayThatNobodyRunsTheContext() throws Exception {
        try (ForeignMainLoop application = new ForeignMainLoop();
                LoopFixture fixture = attach(application)) {
            fixture.loop().execute(() -> {});
            log.await("no thread has run it yet");
            assertThat(log.text()).contains(STALLED).contains("Run a main loop");

            application.start();
            log.await(OVER);
        }
    }

    @Test
    void shouldSayThatThreadHasEnded() throws Exception {
        try (ForeignMainLoop application = new ForeignMainLoop();
                LoopFixture fixture = attach(application)) {
            Thread owner = Thread.ofPlatform()
                    .name("owner")
                    .start(() -> application.context().iteration(false));
            owner.join();
            fixture.loop().execute(() -> {});
            log.await("thread owner, which did so last, has ended");

            application.start();
            log.await(OVER);
        }
    }

    @Test
    void shouldNotTellOfLoopsThatHaveNothingToDo() throws Exception {
        try (ForeignMainLoop application = new ForeignMainLoop();
                ForeignMainLoop later = new ForeignMainLoop();
                LoopFixture own = new LoopFixture(new GLibEventLoopGroup(1, null, OPTIONS));
                LoopFixture attached = attach(application);
                LoopFixture nobodys = attach(later)) {
            application.start();
            own.run(() -> {});
            attached.run(() -> {});
            // Nothing but the watchdog wakes them up.
            long ownIterations = own.loop().metrics().iterations();
            long attachedIterations = attached.loop().metrics().iterations();
            Await.until(
                    () -> own.loop().metrics().iterations() > ownIterations + 5
                            && attached.loop().metrics().iterations() > attachedIterations + 5,
                    () -> "the watchdog's looks");
            assertThat(log.text()).doesNotContain(STALLED);
            assertThat(thread()).get().matches(Thread::isDaemon);
            assertThat(nobodys.loop().metrics().iterations()).isZero();

            later.start();
        }
    }

    @Test
    void shouldBeThereOnlyForThoseWhoWantIt() throws Exception {
        awaitEndOfThread();
        try (LoopFixture without = new LoopFixture()) {
            without.run(() -> {});
            assertThat(thread()).isEmpty();
            try (LoopFixture first = new LoopFixture(new GLibEventLoopGroup(1, null, OPTIONS))) {
                first.run(() -> {});
                assertThat(thread()).isPresent();
                try (LoopFixture second = new LoopFixture(new GLibEventLoopGroup(1, null, OPTIONS))) {
                    second.run(() -> {});
                }
                assertThat(thread()).isPresent();
            }
            awaitEndOfThread();
        }
    }

    @Test
    void shouldNotKeepLoopThatHasEnded() throws Exception {
        try (LoopFixture other = new LoopFixture(new GLibEventLoopGroup(1, null, OPTIONS))) {
            other.run(() -> {});
            WeakReference<LoopObservers> ended = endedLoop();
            Await.until(
                    () -> {
                        System.gc();
                        return ended.refersTo(null);
                    },
                    () -> "the end of the loop in memory");
        }
    }

    private static WeakReference<LoopObservers> endedLoop() throws Exception {
        try (LoopFixture fixture = new LoopFixture(new GLibEventLoopGroup(1, null, OPTIONS))) {
            fixture.run(() -> {});
            return new WeakReference<>(fixture.loop().observers());
        }
    }
}

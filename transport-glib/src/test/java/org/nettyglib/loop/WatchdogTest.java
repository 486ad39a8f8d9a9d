package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
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

    private static Optional<Thread> thread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("glib-watchdog"))
                .findAny();
    }

    private static void awaitEndOfThread() throws InterruptedException {
        Await.until(() -> thread().isEmpty(), () -> "the end of the watchdog's thread");
    }

    /** A thread that runs a main loop on a context, as an application does. */
    private static final class Application implements AutoCloseable {
        private final MainLoop mainLoop;
        private final Thread thread;

        Application(MainContext context) {
            mainLoop = new MainLoop(context, false);
            thread = Thread.ofPlatform().name("application").start(mainLoop::run);
        }

        @Override
        public void close() throws InterruptedException {
            mainLoop.quit();
            thread.join();
        }
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
        MainContext context = new MainContext();
        try (LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(context, OPTIONS));
                Application application = new Application(context)) {
            fixture.attach(GLib.idleSourceNew(), () -> {
                blockHere();
                return false;
            });
            log.await("blockHere");
            assertThat(log.text())
                    .contains(STALLED)
                    .contains("thread application")
                    .contains("(attached)");

            release.countDown();
            log.await(OVER);
            fixture.close();
            assertThat(application.thread.isAlive()).isTrue();
        }
    }

    @Test
    void shouldTellWhereOwnerDoesSomethingElse() throws Exception {
        MainContext context = new MainContext();
        try (LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(context, OPTIONS))) {
            Thread owner = Thread.ofPlatform().name("owner").start(() -> {
                context.iteration(false);
                blockHere();
            });
            log.await("blockHere");
            assertThat(log.text()).contains("thread owner");
            release.countDown();
            owner.join();

            fixture.loop().execute(() -> {});
            try (Application application = new Application(context)) {
                log.await(OVER);
                fixture.close();
            }
        }
    }

    @Test
    void shouldSayThatNobodyRunsTheContext() throws Exception {
        MainContext context = new MainContext();
        try (LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(context, OPTIONS))) {
            fixture.loop().execute(() -> {});
            log.await("no thread has run it yet");
            assertThat(log.text()).contains(STALLED).contains("Run a main loop");

            try (Application application = new Application(context)) {
                log.await(OVER);
                fixture.close();
            }
        }
    }

    @Test
    void shouldSayThatThreadHasEnded() throws Exception {
        MainContext context = new MainContext();
        try (LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(context, OPTIONS))) {
            Thread owner = Thread.ofPlatform().name("owner").start(() -> context.iteration(false));
            owner.join();
            fixture.loop().execute(() -> {});
            log.await("thread owner, which did so last, has ended");

            try (Application application = new Application(context)) {
                fixture.close();
            }
        }
    }

    @Test
    void shouldNotTellOfLoopsThatHaveNothingToDo() throws Exception {
        MainContext context = new MainContext();
        MainContext unused = new MainContext();
        try (LoopFixture own = new LoopFixture(new GLibEventLoopGroup(1, null, OPTIONS));
                LoopFixture attached = new LoopFixture(GLibEventLoopGroup.attach(context, OPTIONS));
                LoopFixture nobodys = new LoopFixture(GLibEventLoopGroup.attach(unused, OPTIONS));
                Application application = new Application(context)) {
            own.run(() -> {});
            attached.run(() -> {});
            // Nothing but the watchdog wakes them up.
            long ownIterations = own.loop().metrics().iterations();
            long attachedIterations = attached.loop().metrics().iterations();
            Await.until(
                    () -> own.loop().metrics().iterations() > ownIterations + 5
                            && attached.loop().metrics().iterations() > attachedIterations + 5,
                    () -> "the watchdog's looks");
            assertThat(log.text()).isEmpty();
            assertThat(thread()).get().matches(Thread::isDaemon);

            attached.close();
            try (Application last = new Application(unused)) {
                nobodys.close();
            }
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

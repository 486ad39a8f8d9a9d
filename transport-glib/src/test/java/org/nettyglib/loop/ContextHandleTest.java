package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.gnome.glib.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;

/** The contract of {@link GLibContextHandle}: what it has of its loop, and that the loop's end waits for it. */
class ContextHandleTest {
    /** Records what it is told, and does nothing by itself. */
    private static class Handle implements GLibContextHandle {
        final BlockingQueue<String> life = new LinkedBlockingQueue<>();
        final CompletableFuture<IoRegistration> registration = new CompletableFuture<>();

        @Override
        public void registered() {
            life.add("registered");
        }

        @Override
        public void close() {
            life.add("closed");
        }

        @Override
        public void unregistered() {
            life.add("unregistered");
        }

        IoRegistration register(EventLoop loop) throws Exception {
            registration.complete(
                    ((IoEventLoop) loop).register(this).get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS));
            return registration.get();
        }

        GLibLoopContext context() {
            return registration.join().attachment();
        }
    }

    /** The loop of a kind, or Netty's own where there is none. */
    private record Loop(EventLoop loop, @Nullable LoopFixture fixture) {
        static Loop open(@Nullable LoopKind kind) {
            if (kind == null) {
                return new Loop(new MultiThreadIoEventLoopGroup(1, GLibIoHandler.newFactory()).next(), null);
            }
            LoopFixture fixture = kind.open();
            return new Loop(fixture.loop(), fixture);
        }

        Future<?> shutDown(long timeoutMillis) {
            return loop.parent().shutdownGracefully(0, timeoutMillis, TimeUnit.MILLISECONDS);
        }

        void close() throws InterruptedException {
            shutDown(TimeUnit.SECONDS.toMillis(LoopFixture.TIMEOUT_SECONDS));
            if (fixture != null) {
                fixture.close();
            } else {
                loop.terminationFuture().sync();
            }
        }
    }

    private static void assertWaits(@Nullable LoopKind kind) throws Exception {
        Loop loop = Loop.open(kind);
        Handle handle = new Handle();
        IoRegistration registration = handle.register(loop.loop());
        loop.shutDown(TimeUnit.SECONDS.toMillis(LoopFixture.TIMEOUT_SECONDS));
        Await.until(() -> handle.life.size() == 2, () -> "the handle is closed");
        assertThat(handle.life).containsExactly("registered", "closed");

        // The context is iterated on, by whoever it was.
        CountDownLatch turns = new CountDownLatch(20);
        Source source = GLib.timeoutSourceNew(1);
        source.setCallback(() -> {
            turns.countDown();
            return turns.getCount() > 0;
        });
        source.attach(handle.context().mainContext());
        assertThat(turns.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.loop().isTerminated()).isFalse();
        assertThat(handle.life).containsExactly("registered", "closed");

        registration.cancel();
        assertThat(loop.loop().awaitTermination(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(handle.life).containsExactly("registered", "closed", "unregistered");
        loop.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeWaitedForAtTheEnd(LoopKind kind) throws Exception {
        assertWaits(kind);
    }

    private static void assertWaitsNotForEver(@Nullable LoopKind kind) throws Exception {
        Loop loop = Loop.open(kind);
        Handle handle = new Handle();
        IoRegistration registration = handle.register(loop.loop());
        loop.shutDown(50);
        assertThat(loop.loop().awaitTermination(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(handle.life).containsExactly("registered", "closed", "unregistered");
        assertThat(registration.isValid()).isFalse();
        assertThat(registration.cancel()).isFalse();
        loop.close();
        assertThat(handle.life).containsExactly("registered", "closed", "unregistered");
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotBeWaitedForLongerThanTheTimeout(LoopKind kind) throws Exception {
        assertWaitsNotForEver(kind);
    }

    @Test
    void shouldNotBeWaitedForEverByALoopOfNettys() throws Exception {
        assertWaitsNotForEver(null);
    }

    /** Callbacks that come at once, as after a cancellation, still find their loop. */
    @Test
    void shouldBeWaitedForByALoopOfNettys() throws Exception {
        Loop loop = Loop.open(null);
        List<Integer> turns = new CopyOnWriteArrayList<>();
        Handle handle = new Handle() {
            @Override
            public void close() {
                super.close();
                Source source = GLib.timeoutSourceNew(1);
                source.setCallback(() -> {
                    turns.add(turns.size());
                    if (turns.size() == 20) {
                        registration.join().cancel();
                        return GLib.SOURCE_REMOVE;
                    }
                    return GLib.SOURCE_CONTINUE;
                });
                source.attach(context().mainContext());
            }
        };
        handle.register(loop.loop());
        loop.close();
        assertThat(turns).hasSize(20);
        assertThat(handle.life).containsExactly("registered", "closed", "unregistered");
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndOnceWhenCancelled(LoopKind kind) throws Exception {
        try (LoopFixture fixture = kind.open()) {
            Handle handle = new Handle();
            IoRegistration registration = handle.register(fixture.loop());
            assertThat(registration.isValid()).isTrue();
            assertThat(registration.cancel()).isTrue();
            assertThat(registration.cancel()).isFalse();
            fixture.run(() -> {});
            assertThat(handle.life).containsExactly("registered", "unregistered");
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> registration.submit(GLibIoOps.IN));
        }
    }

    /** A handle that is done at once holds nothing up, whatever it throws. */
    @ParameterizedTest
    @EnumSource
    void shouldEndWithAHandleThatCancelsOrThrowsWhenItIsClosed(LoopKind kind) throws Exception {
        LoopFixture fixture = kind.open();
        Handle done = new Handle() {
            @Override
            public void close() {
                super.close();
                registration.join().cancel();
            }
        };
        Handle throwing = new Handle() {
            @Override
            public void close() {
                super.close();
                registration.join().cancel();
                throw new IllegalStateException("thrown by a test: 100%s%n%");
            }
        };
        done.register(fixture.loop());
        throwing.register(fixture.loop());
        fixture.close();
        assertThat(done.life).containsExactly("registered", "closed", "unregistered");
        assertThat(throwing.life).containsExactly("registered", "closed", "unregistered");
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowItsContext(LoopKind kind) throws Exception {
        try (LoopFixture fixture = kind.open()) {
            Handle handle = new Handle();
            IoRegistration registration = handle.register(fixture.loop());
            GLibLoopContext context = handle.context();
            assertThat(context.mainContext().handle().address()).isEqualTo(context.address());
            assertThat(context.address()).isEqualTo(fixture.context().handle().address());
            assertThat(context.priority()).isEqualTo(GLib.PRIORITY_DEFAULT);
            assertThat(context.isCurrent()).isFalse();
            assertThat(fixture.call(context::isCurrent)).isTrue();
            assertThat(fixture.call(() -> isCurrentUnderAnother(context))).isFalse();
            registration.cancel();
        }
    }

    private static boolean isCurrentUnderAnother(GLibLoopContext context) {
        MainContext other = new MainContext();
        other.pushThreadDefault();
        try {
            return context.isCurrent();
        } finally {
            other.popThreadDefault();
        }
    }

    /** In a callback of GLib's, as one of the loop's own. */
    @ParameterizedTest
    @EnumSource
    void shouldRunSomethingAsTheLoopDoes(LoopKind kind) throws Exception {
        try (LoopFixture fixture = kind.open()) {
            Handle handle = new Handle();
            IoRegistration registration = handle.register(fixture.loop());
            GLibLoopContext context = handle.context();
            CompletableFuture<List<Object>> seen = new CompletableFuture<>();
            fixture.attach(GLib.idleSourceNew(), () -> {
                context.run(() -> {
                    throw new IllegalStateException("thrown by a test: 100%s%n%");
                });
                context.run(() -> seen.complete(List.of(
                        context.isCurrent(),
                        fixture.loop().inEventLoop(),
                        Objects.requireNonNull(ThreadExecutorMap.currentExecutor()))));
                return GLib.SOURCE_REMOVE;
            });
            assertThat(seen.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .containsExactly(true, true, fixture.loop());
            registration.cancel();
            fixture.run(() -> {});
            CompletableFuture<Boolean> after = new CompletableFuture<>();
            fixture.run(() -> context.run(() -> after.complete(true)));
            assertThat(after).as("what runs after the end of the registration").isCompletedWithValue(true);
        }
    }

    /** The handle's callback runs a nested main loop, in which the loop learns of its shutdown; it ends afterwards. */
    @ParameterizedTest
    @EnumSource
    void shouldNotLoseItsLoopInsideANestedMainLoop(LoopKind kind) throws Exception {
        LoopFixture fixture = kind.open();
        Handle handle = new Handle();
        IoRegistration registration = handle.register(fixture.loop());
        GLibLoopContext context = handle.context();
        CompletableFuture<MainLoop> nested = new CompletableFuture<>();
        CompletableFuture<EventExecutor> after = new CompletableFuture<>();
        fixture.attach(GLib.idleSourceNew(), () -> {
            context.run(() -> {
                MainLoop loop = fixture.newMainLoop();
                nested.complete(loop);
                loop.run();
                after.complete(fixture.loop().isTerminated() ? null : ThreadExecutorMap.currentExecutor());
                registration.cancel();
            });
            return GLib.SOURCE_REMOVE;
        });
        MainLoop loop = nested.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        fixture.group().shutdownGracefully(0, LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        Source quit = GLib.timeoutSourceNew(20);
        quit.setCallback(() -> {
            loop.quit();
            return GLib.SOURCE_REMOVE;
        });
        quit.attach(context.mainContext());
        assertThat(after.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isSameAs(fixture.loop());
        fixture.close();
        // A loop with a thread of its own begins to end when the nested one is over.
        assertThat(handle.life)
                .startsWith("registered")
                .endsWith("unregistered")
                .containsOnlyOnce("unregistered");
    }
}

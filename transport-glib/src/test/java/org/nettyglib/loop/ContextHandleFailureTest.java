package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.GLib;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.Await;

/** A {@link GLibContextHandle} that throws does no harm to its loop, nor to the loop's context. */
class ContextHandleFailureTest {
    /** Throws in one of its methods, and otherwise ends as soon as it is asked to. */
    private static final class Thrower implements GLibContextHandle {
        private final String where;
        private final Future<IoRegistration> registration;

        Thrower(String where, GLibEventLoop loop) throws InterruptedException {
            this.where = where;
            registration = loop.register(this).await();
        }

        Future<IoRegistration> registration() {
            return registration;
        }

        private void perhaps(String method) {
            if (method.equals(where)) {
                throw new StackOverflowError("thrown by a test: 100%s%n%");
            }
        }

        /** Netty, which called for this, expects no error. */
        @Override
        public void registered() {
            if (where.equals("registered")) {
                throw new IllegalStateException("thrown by a test: 100%s%n%");
            }
        }

        @Override
        public void close() {
            registration.getNow().cancel();
            perhaps("close");
        }

        @Override
        public void unregistered() {
            perhaps("unregistered");
        }
    }

    private static void register(String where, GLibEventLoop loop) throws InterruptedException {
        Thrower thrower = new Thrower(where, loop);
        assertThat(thrower.registration().isSuccess()).isEqualTo(!where.equals("registered"));
    }

    /** Long before the time that it may take. */
    private static void end(GLibEventLoopGroup group) throws InterruptedException {
        group.shutdownGracefully(0, 1, TimeUnit.HOURS);
        Await.success(group.terminationFuture());
    }

    private static void assertServes(LoopFixture fixture) throws Exception {
        Channel server = fixture.serveEcho();
        assertThat(fixture.connect(server).ask("hello")).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"registered", "close", "unregistered"})
    void shouldNotKeepALoopFromItsEnd(String where) throws Exception {
        LoopFixture fixture = LoopKind.OWN_THREAD.open();
        register(where, fixture.loop());
        assertServes(fixture);
        end(fixture.group());
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"registered", "close", "unregistered"})
    void shouldLeaveAContextToTheNextLoop(String where) throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop()) {
            GLibEventLoopGroup group = GLibEventLoopGroup.attach(mainLoop.context());
            mainLoop.start();
            register(where, (GLibEventLoop) group.next());
            end(group);
            try (LoopFixture next = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()))) {
                assertServes(next);
            }
        }
    }

    /** Of a callback that throws only the log tells: no iteration has failed, after which a loop would rest. */
    @ParameterizedTest
    @EnumSource
    void shouldNotPauseALoop(LoopKind kind) throws Exception {
        try (CapturedLog log = new CapturedLog();
                LoopFixture fixture = kind.open()) {
            Thrower handle = new Thrower("nowhere", fixture.loop());
            GLibLoopContext context = handle.registration().get().attachment();
            fixture.attach(GLib.idleSourceNew(), () -> {
                context.run(() -> {
                    throw new StackOverflowError("thrown by a test: 100%s%n%");
                });
                return GLib.SOURCE_REMOVE;
            });
            log.await("thrown by a test");
            fixture.run(() -> {});
            assertThat(log.text()).doesNotContain("An iteration of the main context failed");
        }
    }
}

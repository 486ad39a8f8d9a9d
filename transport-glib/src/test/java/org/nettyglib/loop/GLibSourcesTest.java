package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.gio.Cancellable;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Program;
import org.nettyglib.loop.LoopFixture.Client;

/** GLib's own sources on the context of a loop. */
class GLibSourcesTest {
    private static final int PRIORITY_HIGH = -100;

    private final LoopFixture fixture = new LoopFixture();

    @AfterEach
    void tearDown() throws InterruptedException {
        fixture.close();
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void shouldRunCallbacksOnTheLoopsThread() throws Exception {
        CompletableFuture<Boolean> timeout = new CompletableFuture<>();
        CompletableFuture<Boolean> idle = new CompletableFuture<>();
        fixture.run(() -> {});
        fixture.attach(GLib.timeoutSourceNew(5), () -> {
            timeout.complete(fixture.loop().inEventLoop());
            return false;
        });
        fixture.attach(GLib.idleSourceNew(), () -> {
            idle.complete(fixture.loop().inEventLoop());
            return false;
        });
        assertThat(get(timeout)).isTrue();
        assertThat(get(idle)).isTrue();
    }

    @Test
    void shouldMakeTheContextTheThreadDefaultOne() throws Exception {
        long own = fixture.context().handle().address();
        MainContext threadDefault = fixture.call(MainContext::getThreadDefault);
        assertThat(threadDefault).isNotNull();
        assertThat(threadDefault.handle().address()).isEqualTo(own);
    }

    @Test
    void shouldExecuteFromACallbackWithNothingElseToWakeTheLoop() throws Exception {
        CompletableFuture<String> done = new CompletableFuture<>();
        fixture.run(() -> {});
        fixture.attach(GLib.timeoutSourceNew(10), () -> {
            fixture.loop().execute(() -> done.complete("executed"));
            return false;
        });
        assertThat(get(done)).isEqualTo("executed");
    }

    @Test
    void shouldScheduleFromACallbackWithNothingElseToWakeTheLoop() throws Exception {
        CompletableFuture<String> done = new CompletableFuture<>();
        fixture.run(() -> {});
        fixture.attach(GLib.timeoutSourceNew(10), () -> {
            fixture.loop().schedule(() -> done.complete("scheduled"), 10, TimeUnit.MILLISECONDS);
            return false;
        });
        assertThat(get(done)).isEqualTo("scheduled");
    }

    @Test
    void shouldWriteFromACallback() throws Exception {
        Client client = fixture.connect(fixture.serveEcho());
        fixture.attach(GLib.timeoutSourceNew(10), () -> {
            client.channel().writeAndFlush(Unpooled.copiedBuffer("from GLib", StandardCharsets.US_ASCII));
            return false;
        });
        assertThat(client.receive()).isEqualTo("from GLib");
    }

    @Test
    void shouldRunASourceThatAHandlerAttaches() throws Exception {
        CompletableFuture<String> done = new CompletableFuture<>();
        fixture.run(() -> fixture.attach(GLib.timeoutSourceNew(10), () -> {
            done.complete("attached on the loop");
            return false;
        }));
        assertThat(get(done)).isEqualTo("attached on the loop");
    }

    @Test
    void shouldTakeSourcesWithoutAContextOnTheDefaultContextsLoop() throws Exception {
        try (LoopFixture onDefault = new LoopFixture(new GLibEventLoopGroup())) {
            // With nothing of Netty's to do yet.
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            GLib.timeoutAdd(0, 5, () -> {
                done.complete(onDefault.loop().inEventLoop());
                return false;
            });
            assertThat(get(done)).isTrue();
            Client client = onDefault.connect(onDefault.serveEcho());
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
    }

    /** An idle source that never ends takes its turns and leaves the others theirs. */
    @Test
    void shouldServeNettyBesideABusyIdleSource() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        Source idle = fixture.attach(GLib.idleSourceNew(), () -> {
            turns.incrementAndGet();
            return true;
        });
        Client client = fixture.connect(fixture.serveEcho());
        for (int i = 0; i < 100; i++) {
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
        assertThat(fixture.loop()
                        .schedule(() -> "timer", 5, TimeUnit.MILLISECONDS)
                        .get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("timer");
        int before = turns.get();
        fixture.run(() -> {});
        Thread.sleep(50);
        assertThat(turns.get()).isGreaterThan(before);
        fixture.run(idle::destroy);
    }

    /** A task that submits itself for ever keeps no source of GLib and no channel waiting. */
    @Test
    void shouldServeGLibAndChannelsBesideATaskThatNeverEnds() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        fixture.loop().execute(new Runnable() {
            @Override
            public void run() {
                if (!stop.get()) {
                    fixture.loop().execute(this);
                }
            }
        });
        CountDownLatch ticks = new CountDownLatch(5);
        Source timeout = fixture.attach(GLib.timeoutSourceNew(1), () -> {
            ticks.countDown();
            return true;
        });
        Client client = fixture.connect(fixture.serveEcho());
        assertThat(client.ask("hello")).isEqualTo("hello");
        assertThat(ticks.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        stop.set(true);
        fixture.run(timeout::destroy);
    }

    @Test
    void shouldDispatchAHigherPriorityFirstAndStillServeNetty() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        CompletableFuture<String> last = new CompletableFuture<>();
        Source urgent = GLib.idleSourceNew();
        urgent.setPriority(PRIORITY_HIGH);
        fixture.attach(urgent, () -> {
            if (turns.incrementAndGet() < 1000) {
                return true;
            }
            last.complete("done");
            return false;
        });
        Client client = fixture.connect(fixture.serveEcho());
        assertThat(get(last)).isEqualTo("done");
        assertThat(client.ask("hello")).isEqualTo("hello");
    }

    @Test
    void shouldGoOnAfterAnExceptionInACallback() throws Exception {
        CountDownLatch thrown = new CountDownLatch(1);
        Channel server = fixture.serveEcho();
        fixture.attach(GLib.idleSourceNew(), () -> {
            thrown.countDown();
            throw new IllegalStateException("thrown by a test in a GLib callback");
        });
        assertThat(thrown.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(fixture.connect(server).ask("hello")).isEqualTo("hello");
    }

    /** Its reference, not the loop's, is the last: java-gi drops it on the thread that drops those of the sources. */
    @Test
    void shouldKeepTheObjectOfItsContext() {
        WeakReference<MainContext> context = new WeakReference<>(fixture.context());
        for (int i = 0; i < 3; i++) {
            System.gc();
            assertThat(context.get()).isNotNull();
        }
        assertThat(fixture.context()).isSameAs(context.get());
    }

    /** GLib 2.74 writes to freed memory, or waits in it, if two threads drop the last references of a context and of its sources. */
    @Test
    void shouldLeaveContextsAndTheirSourcesToTheCollector() throws Exception {
        assertThat(Program.output(
                        ContextGarbageProgram.class,
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-Xmx64m"))
                .endsWith("end\n");
    }

    /** On GLib before 2.76 java-gi's GObject classes do not initialise by themselves. */
    @Test
    void shouldMakeGObjectClassesUsable() {
        GLibTransport.initJavaGi();
        Cancellable cancellable = new Cancellable();
        cancellable.cancel();
        assertThat(cancellable.isCancelled()).isTrue();
    }
}

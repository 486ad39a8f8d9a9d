package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.gio.AsyncReadyCallback;
import org.gnome.gio.Cancellable;
import org.gnome.gio.File;
import org.gnome.gobject.GObject;
import org.javagi.base.GErrorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.AsyncReady;
import org.nettyglib.ffi.CancelledSignal;
import org.nettyglib.ffi.Memory;
import org.nettyglib.ffi.StubPool;
import org.nettyglib.loop.GLibTransport;
import org.nettyglib.loop.LoopFixture;

/** A task leaves nothing behind, and ends in one way. */
class GioTasksManyTest {
    private static final int TASKS = 100_000;
    private static final int RACES = 1_000;

    /** At a time. */
    private static final int BATCH = 1_000;

    /** Where {@code ref_count} stands in {@code struct GObject}, gobject.h. */
    private static final int REF_COUNT = 8;

    /** Of others. */
    private final int pending = AsyncReady.pending();

    private LoopFixture fixture;

    @BeforeAll
    static void initialize() {
        GLibTransport.initJavaGi();
    }

    @BeforeEach
    void open() {
        fixture = new LoopFixture();
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        fixture.close();
    }

    @Test
    void shouldLeaveNothingBehind() throws Exception {
        File source = File.newForPath("/tmp");
        Cancellable cancellable = new Cancellable();
        int[] references = {references((GObject) source), references(cancellable)};
        int stubs = StubPool.made();
        int connected = CancelledSignal.connected();
        AtomicInteger wrong = new AtomicInteger();

        for (int done = 0; done < TASKS; done += BATCH) {
            CountDownLatch batch = new CountDownLatch(BATCH);
            fixture.loop().execute(() -> {
                for (int i = 0; i < BATCH; i++) {
                    String text = "text " + i;
                    AsyncReadyCallback callback = (object, result, data) -> {
                        try {
                            if (!text.equals(GioTasks.finish(result, GioTaskValue.STRING))) {
                                wrong.incrementAndGet();
                            }
                        } catch (GErrorException e) {
                            wrong.incrementAndGet();
                        }
                        batch.countDown();
                    };
                    GioTasks.answer(
                            fixture.loop(),
                            GioTaskCaller.of((GObject) source, cancellable, callback),
                            GioTaskValue.STRING,
                            fixture.loop().newSucceededFuture(text));
                }
            });
            assertThat(batch.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }

        LiveTasks.awaitNone();
        assertThat(wrong).hasValue(0);
        assertNothingPending();
        Await.until(
                () -> CancelledSignal.connected() <= connected,
                () -> connected + " handlers, but there are " + CancelledSignal.connected());
        assertThat(StubPool.made()).isEqualTo(stubs);
        awaitReferences((GObject) source, references[0]);
        awaitReferences(cancellable, references[1]);
    }

    /** The future is done by one thread while another one cancels. */
    @Test
    void shouldEndInOneWay() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger values = new AtomicInteger();
        AtomicInteger cancellations = new AtomicInteger();
        for (int i = 0; i < RACES; i++) {
            Promise<Long> promise = GlobalEventExecutor.INSTANCE.newPromise();
            Cancellable cancellable = new Cancellable();
            GioTasks.answer(
                    fixture.loop(),
                    GioTaskCaller.of(null, cancellable, (source, result, data) -> {
                        calls.incrementAndGet();
                        try {
                            GioTasks.finish(result, GioTaskValue.INT);
                            values.incrementAndGet();
                        } catch (GErrorException e) {
                            cancellations.incrementAndGet();
                        }
                    }),
                    GioTaskValue.INT,
                    promise);
            boolean loopCancels = ThreadLocalRandom.current().nextBoolean();
            if (loopCancels) {
                fixture.loop().execute(cancellable::cancel);
                promise.trySuccess(1L);
            } else {
                fixture.loop().execute(() -> promise.trySuccess(1L));
                cancellable.cancel();
            }
        }

        Await.until(() -> calls.get() == RACES, () -> calls + " callbacks");
        LiveTasks.awaitNone();
        assertThat(calls).hasValue(RACES);
        assertThat(values.get() + cancellations.get()).isEqualTo(RACES);
        assertNothingPending();
    }

    private void assertNothingPending() throws InterruptedException {
        Await.until(() -> AsyncReady.pending() <= pending, () -> "no callback to come, but " + AsyncReady.pending());
    }

    private static void awaitReferences(GObject object, int expected) throws InterruptedException {
        Await.until(() -> references(object) == expected, () -> expected + " references, but " + references(object));
    }

    private static int references(GObject object) {
        return Memory.getInt(object.handle().address() + REF_COUNT);
    }
}

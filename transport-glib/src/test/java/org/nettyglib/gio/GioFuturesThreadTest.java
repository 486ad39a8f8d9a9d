package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.util.concurrent.BlockingOperationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopFixture;

/** On which thread an operation starts, ends and is waited for. */
@ParameterizedClass
@EnumSource
class GioFuturesThreadTest {
    private final GioLoopKind kind;
    private final GioLoop loop;
    private final TestOperation operation = new TestOperation();

    GioFuturesThreadTest(GioLoopKind kind) {
        this.kind = kind;
        loop = kind.open();
    }

    @AfterEach
    void tearDown() throws Exception {
        loop.close();
    }

    private GioFuture<Long> start() {
        return GioFutures.start(loop.loop(), operation, operation);
    }

    @Test
    void shouldStartAndEndOnTheThreadOfTheLoop() throws Exception {
        Thread expected = loop.call(Thread::currentThread);
        CompletableFuture<Thread> listening = new CompletableFuture<>();
        GioFuture<Long> future = start().addListener(done -> listening.complete(Thread.currentThread()));
        operation.end(7);
        assertThat(future.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(operation.beginThread).isSameAs(expected);
        assertThat(operation.finishThread).isSameAs(expected);
        assertThat(listening.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isSameAs(expected);
    }

    @Test
    void shouldStartAtOnceOnTheLoopsThread() throws Exception {
        int begun = loop.call(() -> {
            start();
            return operation.begun.get();
        });
        assertThat(begun).isOne();
        operation.end(7);
    }

    /** As a button's handler of a user interface does, on the thread of its main loop. */
    @Test
    void shouldStartInACallbackOfGLibs() throws Exception {
        for (Source source : new Source[] {GLib.idleSourceNew(), GLib.timeoutSourceNew(5)}) {
            TestOperation own = new TestOperation();
            CompletableFuture<GioFuture<Long>> started = new CompletableFuture<>();
            loop.attach(source, () -> {
                started.complete(GioFutures.start(loop.loop(), own, own));
                return GLib.SOURCE_REMOVE;
            });
            own.end(7);
            assertThat(Await.success(started.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)))
                    .isEqualTo(7);
            own.assertCounts(1, 1, 0);
        }
    }

    /** What is started under another thread-default context would end in that one, which nobody may iterate. */
    @Test
    void shouldEndInTheLoopsContextWhateverTheThreadDefaultOneIs() throws Exception {
        GioFuture<Long> future = loop.call(() -> {
            MainContext other = new MainContext();
            other.pushThreadDefault();
            try {
                return start();
            } finally {
                other.popThreadDefault();
            }
        });
        operation.end(7);
        assertThat(Await.success(future)).isEqualTo(7);
        assertThat(operation.begun).hasValue(1);
    }

    @Test
    void shouldLetAVirtualThreadWait() throws Exception {
        CompletableFuture<Long> result = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                result.complete(start().get());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        operation.end(7);
        assertThat(result.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo(7);
        waiting.join();
    }

    @Test
    void shouldRefuseToLetTheLoopsThreadWait() throws Exception {
        GioFuture<Long> future = start();
        loop.run(() -> {
            assertThatExceptionOfType(BlockingOperationException.class).isThrownBy(future::sync);
            assertThatExceptionOfType(BlockingOperationException.class).isThrownBy(future::await);
            assertThatExceptionOfType(BlockingOperationException.class).isThrownBy(future::get);
        });
        operation.end(7);
        assertThat(future.sync().getNow()).as("on another thread").isEqualTo(7);
    }

    @Test
    void shouldBeWaitedForInEachWayThatNettyHas() throws Exception {
        operation.task.thenAccept(task -> task.end(7));
        GioFuture<Long> future = start();
        assertThat(future.await()).isSameAs(future);
        assertThat(future.awaitUninterruptibly()).isSameAs(future);
        assertThat(future.syncUninterruptibly().getNow()).isEqualTo(7);
    }

    /** From as many threads as there may be. */
    @Test
    void shouldStartFromManyThreadsAtOnce() throws Exception {
        int threads = 8;
        int each = 200;
        CompletableFuture<?>[] sums = new CompletableFuture<?>[threads];
        for (int i = 0; i < threads; i++) {
            sums[i] = CompletableFuture.supplyAsync(
                    () -> {
                        for (int j = 0; j < each; j++) {
                            TestOperation own = new TestOperation();
                            own.task.thenAccept(task -> task.end(7));
                            assertThat(GioFutures.start(loop.loop(), own, own)
                                            .syncUninterruptibly()
                                            .getNow())
                                    .isEqualTo(7);
                            own.assertCounts(1, 1, 0);
                        }
                        return null;
                    },
                    task -> Thread.ofPlatform().start(task));
        }
        CompletableFuture.allOf(sums).get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(loop.underWay()).as("on %s", kind).isZero();
    }
}

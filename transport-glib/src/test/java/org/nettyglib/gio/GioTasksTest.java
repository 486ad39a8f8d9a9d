package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.FileNotFoundException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.gnome.gio.AsyncReadyCallback;
import org.gnome.gio.AsyncResult;
import org.gnome.gio.Cancellable;
import org.gnome.gio.File;
import org.gnome.gio.IOErrorEnum;
import org.gnome.glib.GLib;
import org.gnome.glib.Quark;
import org.gnome.gobject.GObject;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.LibGlib;
import org.nettyglib.loop.GLibTransport;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** Futures as tasks for callers in Java. */
@ParameterizedClass
@EnumSource
class GioTasksTest {
    private final LoopFixture fixture;

    GioTasksTest(LoopKind kind) {
        fixture = kind.open();
    }

    @BeforeAll
    static void initialize() {
        GLibTransport.initJavaGi();
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        fixture.close();
    }

    private <T> TaskAnswer<T> answer(GioTaskValue<T> value, Future<? extends T> future) {
        return answer(null, value, future);
    }

    private <T> TaskAnswer<T> answer(
            @Nullable Cancellable cancellable, GioTaskValue<T> value, Future<? extends T> future) {
        TaskAnswer<T> answer = new TaskAnswer<>(value);
        GioTasks.answer(fixture.loop(), GioTaskCaller.of(null, cancellable, answer), value, future);
        return answer;
    }

    private <T> Promise<T> promise() {
        return fixture.loop().newPromise();
    }

    @SuppressWarnings("NullAway") // declared by Netty
    private <T> Future<T> succeeded(@Nullable T value) {
        return fixture.loop().newSucceededFuture(value);
    }

    @Test
    void shouldReturnEachKindOfValue() throws Exception {
        File file = File.newForPath("/tmp");
        Object any = new Object();
        GioTaskValue<Object> javas = GioTaskValue.java(Object.class);

        assertThat(answer(GioTaskValue.NOTHING, succeeded("dropped")).get()).isNull();
        assertThat(answer(GioTaskValue.BOOLEAN, succeeded(false)).get()).isFalse();
        assertThat(answer(GioTaskValue.BOOLEAN, succeeded(true)).get()).isTrue();
        assertThat(answer(GioTaskValue.INT, succeeded(-1L)).get()).isEqualTo(-1);
        assertThat(answer(GioTaskValue.INT, succeeded(Long.MAX_VALUE)).get()).isEqualTo(Long.MAX_VALUE);
        assertThat(answer(GioTaskValue.STRING, succeeded("naïve %s 𝄞")).get()).isEqualTo("naïve %s 𝄞");
        assertThat(answer(GioTaskValue.STRING, this.<String>succeeded(null)).get())
                .isNull();
        assertThat(answer(GioTaskValue.object(GObject.class), succeeded((GObject) file))
                        .get())
                .isSameAs(file);
        assertThat(answer(javas, succeeded(any)).get()).isSameAs(any);
        assertThat(answer(javas, succeeded(null)).get()).isNull();
    }

    @Test
    void shouldCallBackOnTheLoopAfterTheFutureIsDone() throws Exception {
        Promise<String> promise = GlobalEventExecutor.INSTANCE.newPromise();
        File source = File.newForPath("/tmp");
        AtomicReference<Long> context = new AtomicReference<>();
        TaskAnswer<String> answer = new TaskAnswer<>(GioTaskValue.STRING);
        AsyncReadyCallback callback = (object, result, data) -> {
            context.set(LibGlib.g_main_context_get_thread_default());
            answer.run(object, result, data);
        };
        GioTasks.answer(
                fixture.loop(), GioTaskCaller.of((GObject) source, null, callback), GioTaskValue.STRING, promise);

        fixture.run(() -> {});
        assertThat(answer.isDone()).isFalse();
        promise.setSuccess("done");

        assertThat(answer.get()).isEqualTo("done");
        assertThat(answer.thread()).isSameAs(fixture.call(Thread::currentThread));
        assertThat(answer.source()).isSameAs(source);
        assertThat(context.get()).isEqualTo(fixture.context().handle().address());
    }

    @Test
    void shouldNotCallBackBeforeAnswerHasReturned() throws Exception {
        TaskAnswer<String> answer = new TaskAnswer<>(GioTaskValue.STRING);

        boolean early = fixture.call(() -> {
            GioTasks.answer(
                    fixture.loop(),
                    GioTaskCaller.of(null, null, answer),
                    GioTaskValue.STRING,
                    fixture.loop().newSucceededFuture("at once"));
            return answer.isDone();
        });

        assertThat(early).isFalse();
        assertThat(answer.get()).isEqualTo("at once");
    }

    @Test
    void shouldCallBackInTheLoopsContextWhateverTheCallersIs() throws Exception {
        TaskAnswer<String> answer = new TaskAnswer<>(GioTaskValue.STRING);
        fixture.run(() -> {
            long other = LibGlib.g_main_context_new();
            LibGlib.g_main_context_push_thread_default(other);
            try {
                GioTasks.answer(
                        fixture.loop(),
                        GioTaskCaller.of(null, null, answer),
                        GioTaskValue.STRING,
                        fixture.loop().newSucceededFuture("here"));
            } finally {
                LibGlib.g_main_context_pop_thread_default(other);
                LibGlib.g_main_context_unref(other);
            }
        });

        assertThat(answer.get()).isEqualTo("here");
    }

    @Test
    void shouldTakeAStage() throws Exception {
        CompletableFuture<String> stage = new CompletableFuture<>();
        TaskAnswer<String> answer = new TaskAnswer<>(GioTaskValue.STRING);
        GioTasks.answer(
                fixture.loop(),
                GioTaskCaller.of(null, null, answer),
                GioTaskValue.STRING,
                stage.thenApply(text -> text + "!"));

        stage.completeExceptionally(new FileNotFoundException("100 %s"));

        GErrorException error = answer.error();
        assertThat(error.getCode()).isEqualTo(IOErrorEnum.NOT_FOUND.getValue());
        assertThat(error).hasMessage("100 %s");
    }

    @Test
    void shouldDoWithoutACallback() throws Exception {
        Promise<String> promise = promise();
        GioTasks.answer(fixture.loop(), GioTaskCaller.of(null, null, null), GioTaskValue.STRING, promise);

        promise.setSuccess("nobody cares");

        LiveTasks.awaitNone();
    }

    @Test
    void shouldKeepDomainAndCodeOfAnError() throws Exception {
        Quark domain = GLib.quarkFromString("nettyglib-test-error-quark");
        GErrorException failure = new GErrorException(domain, 4711, "kept");

        GErrorException error = answer(GioTaskValue.INT, fixture.loop().<Long>newFailedFuture(failure))
                .error();

        assertThat(error.getDomain().getValue()).isEqualTo(domain.getValue());
        assertThat(error.getCode()).isEqualTo(4711);
        assertThat(error).hasMessage("kept");
    }

    /** GLib takes no such error, and the task would never return. */
    @Test
    void shouldFailWithAnErrorThatHasNoDomain() throws Exception {
        GErrorException failure = new GErrorException(new Quark(0), 1, "of nobody");

        GErrorException error = answer(GioTaskValue.INT, fixture.loop().<Long>newFailedFuture(failure))
                .error();

        assertThat(error.getCode()).isEqualTo(IOErrorEnum.FAILED.getValue());
        assertThat(error).hasMessage("of nobody");
    }

    @Test
    void shouldTakeAMessageLiterally() throws Exception {
        GErrorException error = answer(
                        GioTaskValue.STRING,
                        fixture.loop().<String>newFailedFuture(new IllegalStateException("50 % of %n, %s and %1$d")))
                .error();

        assertThat(error.getCode()).isEqualTo(IOErrorEnum.FAILED.getValue());
        assertThat(error).hasMessage("50 % of %n, %s and %1$d");
    }

    @Test
    void shouldFailWithWhatIsNoValueOfTheKind() throws Exception {
        assertThat(answer(GioTaskValue.INT, this.<Long>succeeded(null)).error()).hasMessageContaining("null");

        @SuppressWarnings({"unchecked", "rawtypes"})
        TaskAnswer<String> wrong = answer(GioTaskValue.STRING, (Future) succeeded(1));
        assertThat(wrong.error()).hasMessageContaining("Integer");
    }

    // Cancellation

    @Test
    void shouldCancelTheFutureByTheCancellable() throws Exception {
        Promise<String> promise = promise();
        Cancellable cancellable = new Cancellable();
        TaskAnswer<String> answer = answer(cancellable, GioTaskValue.STRING, promise);
        fixture.run(() -> {});

        cancellable.cancel();

        assertThat(answer.isCancelled()).isTrue();
        assertThat(promise.isCancelled()).isTrue();
    }

    @Test
    void shouldCancelTheFutureByTheCancellableOnTheLoopItself() throws Exception {
        Promise<String> promise = promise();
        Cancellable cancellable = new Cancellable();
        TaskAnswer<String> answer = answer(cancellable, GioTaskValue.STRING, promise);

        fixture.run(cancellable::cancel);

        assertThat(answer.isCancelled()).isTrue();
        assertThat(promise.isCancelled()).isTrue();
    }

    @Test
    void shouldCancelAFutureWhoseCancellableWasCancelledBefore() throws Exception {
        Promise<String> promise = promise();
        Cancellable cancellable = new Cancellable();
        cancellable.cancel();

        assertThat(answer(cancellable, GioTaskValue.STRING, promise).isCancelled())
                .isTrue();
        assertThat(promise.isCancelled()).isTrue();
    }

    @Test
    void shouldCancelAStage() throws Exception {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Cancellable cancellable = new Cancellable();
        TaskAnswer<String> answer = new TaskAnswer<>(GioTaskValue.STRING);
        GioTasks.answer(fixture.loop(), GioTaskCaller.of(null, cancellable, answer), GioTaskValue.STRING, stage);

        cancellable.cancel();

        assertThat(answer.isCancelled()).isTrue();
        assertThat(stage).isCancelled();
    }

    @Test
    void shouldTellThatTheFutureWasCancelled() throws Exception {
        Promise<String> promise = promise();
        TaskAnswer<String> answer = answer(GioTaskValue.STRING, promise);

        promise.cancel(false);

        assertThat(answer.isCancelled()).isTrue();
    }

    /** As each GTask, which looks at its cancellable when it is finished. */
    @Test
    void shouldReleaseAValueThatComesInSpiteOfTheCancellation() throws Exception {
        Promise<ByteBuf> promise = promise();
        assertThat(promise.setUncancellable()).isTrue();
        Cancellable cancellable = new Cancellable();
        TaskAnswer<ByteBuf> answer = answer(cancellable, GioTaskValue.java(ByteBuf.class), promise);
        cancellable.cancel();
        ByteBuf late = Unpooled.buffer(8);

        promise.setSuccess(late);

        assertThat(answer.isCancelled()).isTrue();
        Await.until(() -> late.refCnt() == 0, () -> "the buffer is released");
    }

    @Test
    void shouldReleaseAValueThatNobodyFetches() throws Exception {
        ByteBuf unwanted = Unpooled.buffer(8);
        ByteBuf dropped = Unpooled.buffer(8);

        GioTasks.answer(
                fixture.loop(),
                GioTaskCaller.of(null, null, (source, result, data) -> result.handle()),
                GioTaskValue.java(ByteBuf.class),
                succeeded(unwanted));
        answer(GioTaskValue.NOTHING, succeeded(dropped)).get();

        Await.until(
                () -> {
                    System.gc();
                    return unwanted.refCnt() + dropped.refCnt() == 0;
                },
                () -> "the buffers are released");
    }

    // The end of the loop

    @Test
    void shouldReturnWhenTheLoopEndsFirst() throws Exception {
        Promise<String> promise = GlobalEventExecutor.INSTANCE.newPromise();
        TaskAnswer<String> answer = answer(GioTaskValue.STRING, promise);
        fixture.run(() -> {});

        fixture.close();

        assertThat(answer.isDone()).isTrue();
        assertThat(answer.isCancelled()).isTrue();
        assertThat(answer.calls()).isEqualTo(1);
        assertThat(promise.isCancelled()).isTrue();
        LiveTasks.awaitNone();
    }

    @Test
    void shouldReturnWhenTheLoopEndsAndTheFutureCannotBeCancelled() throws Exception {
        Promise<ByteBuf> promise = GlobalEventExecutor.INSTANCE.newPromise();
        assertThat(promise.setUncancellable()).isTrue();
        TaskAnswer<ByteBuf> answer = answer(GioTaskValue.java(ByteBuf.class), promise);
        fixture.run(() -> {});
        ByteBuf late = Unpooled.buffer(8);

        fixture.close();
        assertThat(answer.isCancelled()).isTrue();
        promise.setSuccess(late);

        Await.until(() -> late.refCnt() == 0, () -> "the buffer is released");
        assertThat(answer.calls()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhenTheLoopHasEnded() throws Exception {
        fixture.close();
        Promise<String> promise = GlobalEventExecutor.INSTANCE.newPromise();

        assertThatThrownBy(() -> answer(GioTaskValue.STRING, promise)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void shouldNotLetTheLoopEndBeforeTheCallback() throws Exception {
        fixture.run(() -> {});
        CountDownLatch stuck = fixture.block();
        TaskAnswer<String> answer = answer(GioTaskValue.STRING, succeeded("in time"));
        Future<?> ended = fixture.group().shutdownGracefully(0, LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);

        stuck.countDown();

        Await.done(ended);
        assertThat(answer.isDone()).isTrue();
        assertThat(answer.calls()).isEqualTo(1);
    }

    // Misuse

    @Test
    void shouldRefuseALoopThatIsNoneOfGLibs() {
        DefaultEventLoop other = new DefaultEventLoop();
        try {
            assertThatThrownBy(() -> GioTasks.answer(
                            other,
                            GioTaskCaller.of(null, null, null),
                            GioTaskValue.STRING,
                            other.newSucceededFuture("")))
                    .isInstanceOf(IllegalArgumentException.class);
        } finally {
            other.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldFinishOnce() throws Exception {
        CompletableFuture<Throwable> second = new CompletableFuture<>();
        CompletableFuture<AsyncResult> kept = new CompletableFuture<>();
        AsyncReadyCallback callback = (source, result, data) -> {
            try {
                GioTasks.finish(result, GioTaskValue.STRING);
                GioTasks.finish(result, GioTaskValue.STRING);
            } catch (Exception e) {
                second.complete(e);
            }
            kept.complete(result);
        };
        GioTasks.answer(fixture.loop(), GioTaskCaller.of(null, null, callback), GioTaskValue.STRING, succeeded("once"));

        assertThat(second.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
        AsyncResult over = kept.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        fixture.run(() -> {});
        assertThatThrownBy(over::handle).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseToFinishAnotherKind() throws Exception {
        TaskAnswer<Long> wrong = new TaskAnswer<>(GioTaskValue.INT);
        GioTasks.answer(fixture.loop(), GioTaskCaller.of(null, null, wrong), GioTaskValue.STRING, succeeded("a text"));

        assertThat(wrong.failure())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STRING")
                .hasMessageContaining("INT");
    }

    @Test
    void shouldRefuseToFinishATaskOfOthers() throws Exception {
        File file = File.newForPath("/");
        GioFuture<Boolean> refused = GioFutures.start(
                fixture.loop(),
                (cancellable, ready) -> file.queryInfoAsync(
                        "standard::name", org.gnome.gio.FileQueryInfoFlags.NONE, 0, cancellable, ready),
                result -> {
                    assertThatThrownBy(() -> GioTasks.finish(result, GioTaskValue.STRING))
                            .isInstanceOf(IllegalArgumentException.class);
                    return file.queryInfoFinish(result) != null;
                });

        assertThat(Await.success(refused)).isTrue();
    }

    // Together with others

    /** As those do who run a main loop until the callback has come. */
    @Test
    void shouldLetAResultBeFinishedAfterTheCallback() throws Exception {
        CompletableFuture<AsyncResult> kept = new CompletableFuture<>();
        GioTasks.answer(
                fixture.loop(),
                GioTaskCaller.of(null, null, (source, result, data) -> kept.complete(result)),
                GioTaskValue.STRING,
                succeeded("later"));

        AsyncResult result = kept.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        fixture.run(() -> {});
        System.gc();

        assertThat(GioTasks.finish(result, GioTaskValue.STRING)).isEqualTo("later");
        LiveTasks.awaitNone();
    }

    @Test
    void shouldLetGoOfAResultThatOnlyItsCallbackKeeps() throws Exception {
        keepInItsCallback();

        LiveTasks.awaitNone();
    }

    private void keepInItsCallback() throws Exception {
        CompletableFuture<AsyncResult> kept = new CompletableFuture<>();
        GioTasks.answer(
                fixture.loop(),
                GioTaskCaller.of(null, null, (source, result, data) -> kept.complete(result)),
                GioTaskValue.INT,
                succeeded(1L));
        kept.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void shouldServeAFutureOfGioFutures() throws Exception {
        GioFuture<String> future = GioFutures.start(
                fixture.loop(),
                (cancellable, ready) -> GioTasks.answer(
                        fixture.loop(),
                        GioTaskCaller.of(null, cancellable, ready),
                        GioTaskValue.STRING,
                        fixture.loop().schedule(() -> "there and back", 5, TimeUnit.MILLISECONDS)),
                result -> GioTasks.finish(result, GioTaskValue.STRING));

        assertThat(Await.success(future)).isEqualTo("there and back");
        LiveTasks.awaitNone();
    }

    @Test
    void shouldBeCancelledByAFutureOfGioFutures() throws Exception {
        Promise<String> promise = promise();
        GioFuture<String> future = GioFutures.start(
                fixture.loop(),
                (cancellable, ready) -> GioTasks.answer(
                        fixture.loop(), GioTaskCaller.of(null, cancellable, ready), GioTaskValue.STRING, promise),
                result -> GioTasks.finish(result, GioTaskValue.STRING));
        fixture.run(() -> {});

        future.cancel(false);

        Await.until(promise::isCancelled, () -> "the promise is cancelled");
        LiveTasks.awaitNone();
    }

    @Test
    void shouldGoOnWhenACallbackThrows() throws Exception {
        GioTasks.answer(
                fixture.loop(),
                GioTaskCaller.of(null, null, (source, result, data) -> {
                    throw new IllegalStateException("100 %s: thrown on purpose");
                }),
                GioTaskValue.INT,
                succeeded(1L));

        assertThat(answer(GioTaskValue.INT, succeeded(2L)).get()).isEqualTo(2);
    }
}

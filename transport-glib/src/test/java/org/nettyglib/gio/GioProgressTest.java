package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.gnome.gio.File;
import org.gnome.gio.FileCopyFlags;
import org.gnome.glib.GLib;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.StubPool;

/** A copy of a large file, which tells how far it is. */
@ParameterizedClass
@EnumSource
class GioProgressTest {
    private static final long SIZE = 64L << 20;

    private record Step(long current, long total, Thread thread) {}

    private final GioLoop loop;
    private final int stubs = StubPool.used();
    private final List<Step> steps = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory = Path.of("");

    GioProgressTest(GioLoopKind kind) {
        loop = kind.open();
    }

    @AfterEach
    void tearDown() throws Exception {
        assertThat(loop.underWay()).isZero();
        loop.close();
        assertThat(StubPool.used()).as("function pointers in use").isEqualTo(stubs);
    }

    private File sparseFile() throws IOException {
        Path path = directory.resolve("large");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.position(SIZE - 1).write(ByteBuffer.wrap(new byte[1]));
        }
        return File.newForPath(path.toString());
    }

    private GioFuture<Boolean> copy(GioProgressListener listener) throws IOException {
        File from = sparseFile();
        File to = File.newForPath(directory.resolve("copy").toString());
        return GioFutures.startWithProgress(
                loop.loop(),
                (cancellable, progress, ready) -> from.copyAsync(
                        to, EnumSet.of(FileCopyFlags.NONE), GLib.PRIORITY_DEFAULT, cancellable, progress, ready),
                from::copyFinish,
                listener);
    }

    private void note(long current, long total) {
        steps.add(new Step(current, total, Thread.currentThread()));
    }

    @Test
    void shouldTellOfTheProgressInOrderOnTheLoopsThread() throws Exception {
        GioFuture<Boolean> future = copy(this::note);
        assertThat(Await.success(future)).isTrue();
        assertThat(directory.resolve("copy")).hasSize(SIZE);
        assertThat(steps).isNotEmpty();
        assertThat(steps).extracting(Step::current).isSorted();
        assertThat(steps.getLast().current()).isEqualTo(SIZE);
        assertThat(steps).extracting(Step::total).containsOnly(SIZE);
        assertThat(steps).extracting(Step::thread).containsOnly(loop.call(Thread::currentThread));
    }

    @Test
    void shouldGoOnWhenTheListenerThrows() throws Exception {
        AtomicInteger told = new AtomicInteger();
        GioFuture<Boolean> future = copy((current, total) -> {
            if (told.incrementAndGet() == 1) {
                throw new StackOverflowError("thrown by a test: 100%s%n%");
            }
            note(current, total);
        });
        assertThat(Await.success(future)).isTrue();
        assertThat(told.get()).isEqualTo(steps.size() + 1);
        assertThat(directory.resolve("copy")).hasSize(SIZE);
    }

    /** Whatever was on its way. */
    @Test
    void shouldTellNothingAfterTheFutureIsDone() throws Exception {
        AtomicReference<@Nullable GioFuture<Boolean>> self = new AtomicReference<>();
        AtomicInteger toldAfterwards = new AtomicInteger();
        GioFuture<Boolean> future = copy((current, total) -> {
            GioFuture<Boolean> started = self.get();
            if (started != null && started.isDone()) {
                toldAfterwards.incrementAndGet();
            }
            note(current, total);
            if (started != null) {
                started.cancel(false);
            }
        });
        self.set(future);
        Await.done(future);
        Await.until(() -> StubPool.used() == stubs, () -> "the operation is over");
        loop.run(() -> {});
        assertThat(toldAfterwards).as("how often it was told afterwards").hasValue(0);
    }

    @Test
    void shouldFailWithWhatBeginThrows() throws Exception {
        TestOperation never = new TestOperation();
        GioFuture<Long> future = GioFutures.startWithProgress(
                loop.loop(),
                (cancellable, progress, ready) -> {
                    throw new IOException("thrown by a test");
                },
                never,
                this::note);
        assertThat(Await.failure(future)).hasMessage("thrown by a test");
        never.assertNeverBegun();
    }

    @Test
    void shouldNotInsistOnItsProgressBeingUsed() throws Exception {
        TestOperation operation = new TestOperation();
        GioFuture<Long> future = GioFutures.startWithProgress(
                loop.loop(),
                (cancellable, progress, ready) -> operation.begin(cancellable, ready),
                operation,
                this::note);
        operation.end(7);
        assertThat(Await.success(future)).isEqualTo(7);
        assertThat(Files.list(directory)).isEmpty();
        assertThat(steps).isEmpty();
    }

    @SuppressWarnings("NullAway")
    @Test
    void shouldRefuseNull() {
        TestOperation never = new TestOperation();
        assertThatNullPointerException()
                .isThrownBy(() ->
                        GioFutures.startWithProgress(loop.loop(), (cancellable, progress, ready) -> {}, never, null));
        assertThatNullPointerException()
                .isThrownBy(() -> GioFutures.startWithProgress(loop.loop(), null, never, this::note));
    }
}

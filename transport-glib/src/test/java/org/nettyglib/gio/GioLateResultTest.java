package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.gio.AsyncResult;
import org.gnome.gio.File;
import org.gnome.gio.FileCreateFlags;
import org.gnome.gio.FileIOStream;
import org.gnome.gio.FileInputStream;
import org.gnome.gio.FileOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopFixture;

/** What becomes of results that nobody waits for any more, where {@link GioFinish#release} is the usual one. */
@ParameterizedClass
@EnumSource
class GioLateResultTest {
    private final GioLoop loop;

    @TempDir
    private Path directory = Path.of("");

    GioLateResultTest(GioLoopKind kind) {
        loop = kind.open();
    }

    @AfterEach
    void tearDown() throws Exception {
        loop.close();
    }

    private File file() throws Exception {
        return File.newForPath(
                Files.writeString(directory.resolve("file"), "content").toString());
    }

    /** The result of an operation whose future is cancelled while it is taken. */
    private <T> T late(GioBegin begin, GioFinish<T> finish) throws Exception {
        CompletableFuture<T> late = new CompletableFuture<>();
        GioFuture<?>[] self = new GioFuture<?>[1];
        loop.run(() -> self[0] = GioFutures.start(loop.loop(), begin, result -> {
            T value = finish.finish(result);
            assertTrue(self[0].cancel(false));
            late.complete(value);
            return value;
        }));
        T value = late.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(self[0].isCancelled()).isTrue();
        return value;
    }

    @Test
    void shouldCloseAnInputStream() throws Exception {
        File file = file();
        FileInputStream stream = late((cancellable, ready) -> file.readAsync(0, cancellable, ready), file::readFinish);
        Await.until(stream::isClosed, () -> "the stream is closed");
    }

    @Test
    void shouldCloseAnOutputStream() throws Exception {
        File file = file();
        FileOutputStream stream = late(
                (cancellable, ready) -> file.appendToAsync(EnumSet.of(FileCreateFlags.NONE), 0, cancellable, ready),
                file::appendToFinish);
        Await.until(stream::isClosed, () -> "the stream is closed");
    }

    @Test
    void shouldCloseAnIOStream() throws Exception {
        File file = file();
        FileIOStream stream =
                late((cancellable, ready) -> file.openReadwriteAsync(0, cancellable, ready), file::openReadwriteFinish);
        Await.until(stream::isClosed, () -> "the stream is closed");
    }

    @Test
    void shouldReleaseABuffer() throws Exception {
        TestOperation operation = begun();
        ByteBuf buffer = late(operation, result -> {
            operation.finish(result);
            return Unpooled.directBuffer(8);
        });
        Await.until(() -> buffer.refCnt() == 0, () -> "the buffer is released");
    }

    @Test
    void shouldCloseWhatCanBeClosed() throws Exception {
        TestOperation operation = begun();
        AtomicInteger closed = new AtomicInteger();
        late(operation, result -> closeable(operation, result, closed));
        Await.until(() -> closed.get() == 1, () -> "it is closed");
        loop.run(() -> {});
        assertThat(closed).hasValue(1);
    }

    private static AutoCloseable closeable(TestOperation operation, AsyncResult result, AtomicInteger closed)
            throws Exception {
        operation.finish(result);
        return closed::incrementAndGet;
    }

    /** An operation that ends by itself. */
    private static TestOperation begun() {
        TestOperation operation = new TestOperation();
        operation.task.thenAccept(task -> task.end(7));
        return operation;
    }
}

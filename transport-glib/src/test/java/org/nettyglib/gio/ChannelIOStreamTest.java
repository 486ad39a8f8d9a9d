package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.gio.DataInputStream;
import org.gnome.gio.IOErrorEnum;
import org.gnome.gio.OutputStreamSpliceFlags;
import org.javagi.base.GErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.channel.Payload;
import org.nettyglib.loop.LoopKind;

/** A {@link ChannelIOStream} of a TCP connection, whose other end is a socket of the JDK. */
@ParameterizedClass
@EnumSource
class ChannelIOStreamTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int CONNECTIONS = 1_000;

    @RegisterExtension
    final ProcessFixture loops;

    ChannelIOStreamTest(LoopKind kind) {
        loops = new ProcessFixture(kind);
    }

    private BridgedConnection connect() throws Exception {
        return new BridgedConnection(loops.loop());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void awaitClosed(BridgedConnection connection) throws InterruptedException {
        Await.success(connection.bridge().closeFuture());
        assertThat(connection.channel().isOpen()).isFalse();
    }

    @Test
    void shouldServeAReaderOfLines() throws Exception {
        try (BridgedConnection connection = connect()) {
            DataInputStream lines =
                    new DataInputStream(connection.bridge().ioStream().getInputStream());
            connection.socket().getOutputStream().write(ascii("first\nsecond\n"));
            assertThat(lines.readLineUtf8(null, null)).isEqualTo("first");
            assertThat(lines.readLineUtf8(null, null)).isEqualTo("second");
            connection.gio().write(ascii("third\n"));
            assertThat(connection.socket().getInputStream().readNBytes(6)).isEqualTo(ascii("third\n"));
        }
    }

    /** GIO's own echo: all that is read is written. */
    @Test
    void shouldBeSplicedWithItself() throws Exception {
        byte[] data = Payload.bytes(3 * MEGABYTE);
        try (BridgedConnection connection = connect()) {
            org.gnome.gio.OutputStream to = connection.bridge().ioStream().getOutputStream();
            org.gnome.gio.InputStream from = connection.bridge().ioStream().getInputStream();
            GioFuture<Long> spliced = GioFutures.start(
                    loops.loop(),
                    (cancellable, ready) ->
                            to.spliceAsync(from, Set.<OutputStreamSpliceFlags>of(), 0, cancellable, ready),
                    to::spliceFinish);
            CompletableFuture<Void> written = write(connection, data);
            assertThat(connection.socket().getInputStream().readNBytes(data.length))
                    .isEqualTo(data);
            written.get(Await.SECONDS, TimeUnit.SECONDS);
            assertThat(Await.success(spliced)).isEqualTo(data.length);
        }
    }

    /** Writes on another thread, and then no more. */
    private static CompletableFuture<Void> write(BridgedConnection connection, byte[] data) {
        return CompletableFuture.runAsync(() -> {
            try {
                connection.socket().getOutputStream().write(data);
                connection.socket().shutdownOutput();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void shouldTellGioThatThePeerWritesNoMore() throws Exception {
        try (BridgedConnection connection = connect()) {
            connection.socket().getOutputStream().write(ascii("question"));
            connection.socket().shutdownOutput();
            assertThat(connection.gio().readAll()).isEqualTo(ascii("question"));
            connection.gio().write(ascii("answer"));
            assertThat(connection.socket().getInputStream().readNBytes(6)).isEqualTo(ascii("answer"));
            connection.gio().close();
            assertThat(connection.socket().getInputStream().read()).isEqualTo(-1);
            awaitClosed(connection);
        }
    }

    @Test
    void shouldTellThePeerThatGioWritesNoMore() throws Exception {
        try (BridgedConnection connection = connect()) {
            connection.gio().write(ascii("question"));
            connection.gio().shutOutput();
            assertThat(connection.socket().getInputStream().readAllBytes()).isEqualTo(ascii("question"));
            connection.socket().getOutputStream().write(ascii("answer"));
            assertThat(connection.gio().read(6)).isEqualTo(ascii("answer"));
            assertThat(connection.channel().isActive()).isTrue();
            // Half-closed and idle, it was never noticed.
            connection.gio().close();
            awaitClosed(connection);
        }
    }

    @Test
    void shouldHoldThePeerBackWhileGioDoesNotRead() throws Exception {
        byte[] data = Payload.bytes(64 * MEGABYTE);
        try (BridgedConnection connection = connect()) {
            AtomicInteger taken = new AtomicInteger();
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> writeCounting(connection, data, taken));
            int before = -1;
            while (taken.get() == 0 || taken.get() != before) {
                before = taken.get();
                Thread.sleep(300);
            }
            assertThat(written).isNotDone();
            Await.until(() -> !connection.channel().config().isAutoRead(), () -> "nothing more is read");
            assertThat(Payload.checksum(connection.gio().read(data.length))).isEqualTo(Payload.checksum(data));
            written.get(Await.SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void writeCounting(BridgedConnection connection, byte[] data, AtomicInteger taken) {
        try {
            OutputStream out = connection.socket().getOutputStream();
            for (int i = 0; i < data.length; i += MEGABYTE / 16) {
                out.write(data, i, MEGABYTE / 16);
                taken.addAndGet(MEGABYTE / 16);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What GIO has written is not lost when it closes at once, with something unread for it. */
    @Test
    void shouldCloseTheChannelWhenGioCloses() throws Exception {
        byte[] data = Payload.bytes(MEGABYTE);
        try (BridgedConnection connection = connect()) {
            connection.socket().getOutputStream().write(ascii("nobody reads this"));
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> readAll(connection));
            connection.gio().write(data);
            connection.gio().close();
            assertThat(received.get(Await.SECONDS, TimeUnit.SECONDS)).isEqualTo(data);
            awaitClosed(connection);
        }
    }

    private static byte[] readAll(BridgedConnection connection) {
        try {
            return connection.socket().getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldServeOnAfterAReadWasCancelled() throws Exception {
        try (BridgedConnection connection = connect()) {
            org.gnome.gio.InputStream from = connection.bridge().ioStream().getInputStream();
            GioFuture<byte[]> read = GioFutures.start(
                    loops.loop(),
                    (cancellable, ready) -> from.readBytesAsync(10, 0, cancellable, ready),
                    from::readBytesFinish);
            Await.success(loops.loop().submit(() -> {}));
            assertThat(read.cancel(false)).isTrue();
            Await.until(() -> !from.hasPending(), () -> "the end of the read");
            connection.socket().getOutputStream().write(ascii("later"));
            assertThat(connection.gio().read(5)).isEqualTo(ascii("later"));
        }
    }

    @Test
    void shouldEndTheStreamWhenTheChannelIsClosed() throws Exception {
        try (BridgedConnection connection = connect()) {
            connection.socket().getOutputStream().write(ascii("before"));
            assertThat(connection.gio().read(6)).isEqualTo(ascii("before"));
            Await.success(connection.bridge().close());
            assertThat(connection.gio().readAll()).isEmpty();
            assertThat(connection.channel().isOpen()).isFalse();
        }
    }

    @Test
    void shouldTellGioOfAReset() throws Exception {
        try (BridgedConnection connection = connect()) {
            connection.socket().getOutputStream().write(ascii("before"));
            assertThat(connection.gio().read(6)).isEqualTo(ascii("before"));
            connection.socket().setSoLinger(true, 0);
            connection.socket().close();
            assertBroken(connection);
            assertThat(Await.failure(connection.bridge().closeFuture())).isInstanceOf(IOException.class);
        }
    }

    private static void assertBroken(BridgedConnection connection) {
        assertThatThrownBy(() -> connection.gio().readAll())
                .isInstanceOfSatisfying(
                        GErrorException.class,
                        e -> assertThat(e.getCode()).isEqualTo(IOErrorEnum.CONNECTION_CLOSED.getValue()));
    }

    @Test
    void shouldTellGioOfAnExceptionInThePipeline() throws Exception {
        try (BridgedConnection connection = connect()) {
            IllegalStateException cause = new IllegalStateException("on purpose");
            connection.channel().pipeline().fireExceptionCaught(cause);
            assertBroken(connection);
            assertThat(Await.failure(connection.bridge().closeFuture())).isSameAs(cause);
        }
    }

    @Test
    void shouldFailWithAMessageThatIsNoBytes() throws Exception {
        try (BridgedConnection connection = connect()) {
            connection.channel().pipeline().fireChannelRead("text");
            assertBroken(connection);
            assertThat(Await.failure(connection.bridge().closeFuture()))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void shouldEndWithTheLoop() throws Exception {
        try (BridgedConnection connection = connect()) {
            connection.gio().write(ascii("x"));
            assertThat(connection.socket().getInputStream().read()).isEqualTo('x');
            loops.endLoop();
            assertThat(connection.gio().readAll()).isEmpty();
            assertThat(connection.socket().getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldLeaveNoDescriptor() throws Exception {
        OpenEnds before = OpenEnds.now();
        for (int i = 0; i < CONNECTIONS; i++) {
            try (BridgedConnection connection = connect()) {
                connection.gio().write(ascii("x"));
                assertThat(connection.socket().getInputStream().read()).isEqualTo('x');
                if (i % 2 == 0) {
                    connection.socket().close();
                    assertThat(connection.gio().readAll()).isEmpty();
                }
                connection.gio().close();
                awaitClosed(connection);
            }
        }
        before.assertNoMore();
    }

    @Test
    void shouldRefuseWhatItCannotRelay() {
        Channel unregistered = new GLibSocketChannel();
        assertThatThrownBy(() -> ChannelIOStream.of(unregistered)).isInstanceOf(IllegalStateException.class);
        unregistered.unsafe().closeForcibly();
        Channel embedded = new EmbeddedChannel();
        assertThatThrownBy(() -> ChannelIOStream.of(embedded)).isInstanceOf(IllegalArgumentException.class);
        embedded.close();
        assertThatThrownBy(() -> ChannelIOStream.of(embedded)).isInstanceOf(IllegalStateException.class);
    }
}

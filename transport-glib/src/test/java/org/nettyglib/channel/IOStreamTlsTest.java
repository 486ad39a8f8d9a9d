package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleUserEventChannelHandler;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.gnome.gio.IOStream;
import org.gnome.gio.SocketConnection;
import org.gnome.gio.SocketListener;
import org.gnome.gio.SocketProtocol;
import org.gnome.gio.SocketType;
import org.gnome.gio.TlsCertificate;
import org.gnome.gio.TlsClientConnection;
import org.gnome.gio.TlsServerConnection;
import org.javagi.base.Out;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** TLS by GIO on one side, and by Netty on the other. */
@SuppressWarnings("FutureReturnValueIgnored") // a step whose outcome shows elsewhere
class IOStreamTlsTest {
    private static final int MUCH = 4 << 20;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();
    private final Path key;
    private final Path certificate;

    IOStreamTlsTest(@TempDir Path directory) throws Exception {
        TestCertificate made = TestCertificate.in(directory);
        key = made.key();
        certificate = made.certificate();
    }

    private static ChannelHandler pipeline(SslContext context, ChannelHandler last) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(context.newHandler(channel.alloc()), last);
            }
        };
    }

    private ServerBootstrap nettyServer(ChannelHandler last) throws SSLException {
        SslContext context =
                SslContextBuilder.forServer(certificate.toFile(), key.toFile()).build();
        return loops.server(pipeline(context, last));
    }

    /** A connection of GIO's to a server, with TLS on it. The handshake comes with the first read or write. */
    private static IOStream gioClient(Channel server) throws Exception {
        SocketConnection connection = GioAddresses.connect(server.localAddress());
        TlsClientConnection tls = Objects.requireNonNull(TlsClientConnection.new_(connection, null));
        // Nobody has signed the certificate.
        tls.setValidationFlags();
        return (IOStream) tls;
    }

    private DuplexChannel register(ChannelHandler handler, IOStream stream) throws InterruptedException {
        return (DuplexChannel) ChannelFixture.channel(FdPipes.bootstrap(loops, handler)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .channelFactory(() -> (Channel) new GLibIOStreamChannel(stream))
                .register());
    }

    @Test
    void shouldTalkToAServerOfNettys() throws Exception {
        byte[] data = Payload.bytes(MUCH);
        Channel server = loops.bind(nettyServer(new SharedEcho()));
        DuplexChannel channel = register(events, gioClient(server));
        assertThat(channel.remoteAddress()).isEqualTo(server.localAddress());
        channel.writeAndFlush(Unpooled.wrappedBuffer(data));
        events.awaitBytes(MUCH);
        assertThat(events.checksum()).isEqualTo(Payload.checksum(data));
        assertThat(events.exceptions()).isEmpty();
        loops.assertIdle();
        Await.success(channel.close());
        events.assertClosedOnce();
        Await.success(server.close());
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    @Test
    void shouldTalkToAClientOfNettys() throws Exception {
        byte[] data = Payload.bytes(MUCH);
        SocketListener listener = new SocketListener();
        Out<org.gnome.gio.SocketAddress> bound = new Out<>();
        listener.addAddress(
                GioAddresses.of(ChannelFixture.ANY_PORT), SocketType.STREAM, SocketProtocol.TCP, null, bound);
        int port = ((org.gnome.gio.InetSocketAddress) Objects.requireNonNull(bound.get())).getPort() & 0xFFFF;
        CompletableFuture<SocketConnection> accepted = CompletableFuture.supplyAsync(() -> accept(listener));
        SslContext context = SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();
        Channel client = ChannelFixture.channel(
                loops.client(pipeline(context, events)).connect(InetAddress.getLoopbackAddress(), port));

        TlsCertificate identity = TlsCertificate.fromFiles(certificate.toString(), key.toString());
        IOStream tls = (IOStream) Objects.requireNonNull(
                TlsServerConnection.new_(accepted.get(Await.SECONDS, TimeUnit.SECONDS), identity));
        DuplexChannel served = register(new SharedEcho(), tls);
        listener.close();

        client.writeAndFlush(Unpooled.wrappedBuffer(data));
        events.awaitBytes(MUCH);
        assertThat(events.checksum()).isEqualTo(Payload.checksum(data));
        loops.assertIdle();
        Await.success(client.close());
        // Netty has said goodbye by close_notify: that is the end of the input, and nothing fails.
        Await.until(served::isInputShutdown, () -> "input shut");
        Await.success(served.close());
        loops.assertNoChannelLeft();
    }

    private static SocketConnection accept(SocketListener listener) {
        try {
            return listener.accept(null, null);
        } catch (org.javagi.base.GErrorException e) {
            throw new AssertionError(e);
        }
    }

    /** By a close_notify, after which the other side can still write. */
    @Test
    void shouldShutItsOutput() throws Exception {
        Recorder served = new Recorder();
        Channel server = loops.bind(nettyServer(served).childOption(ChannelOption.ALLOW_HALF_CLOSURE, true));
        DuplexChannel channel = register(events, gioClient(server));
        Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1_000))));
        served.awaitBytes(1_000);
        Await.success(channel.shutdownOutput());
        served.await(Event.INPUT_SHUT_READ_COMPLETE);
        assertThat(served.exceptions()).isEmpty();
        loops.assertIdle();
        Await.success(channel.close());
        Await.success(served.channel().close());
    }

    @Test
    void shouldFailWhenTheCertificateIsNotTrusted() throws Exception {
        Channel server = loops.bind(nettyServer(new SharedEcho()));
        IOStream tls = GioTlsClient.connect(server.localAddress());
        DuplexChannel channel = register(events, tls);
        assertThat(Await.failure(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(10)))))
                .isInstanceOf(SSLException.class)
                .hasCauseInstanceOf(org.javagi.base.GErrorException.class);
        Await.success(channel.closeFuture());
        events.assertClosedOnce();
        Await.success(server.close());
        loops.assertNoChannelLeft();
    }

    /** Once there is a session, a close ends it. */
    @Test
    void shouldSayGoodbyeWhenItCloses() throws Exception {
        CompletableFuture<SslCloseCompletionEvent> goodbye = new CompletableFuture<>();
        Channel server = loops.bind(nettyServer(new SimpleUserEventChannelHandler<SslCloseCompletionEvent>() {
            @Override
            protected void eventReceived(ChannelHandlerContext context, SslCloseCompletionEvent event) {
                goodbye.complete(event);
            }
        }));
        DuplexChannel channel = register(events, gioClient(server));
        Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(10))));
        Await.success(channel.close());
        assertThat(goodbye.get(Await.SECONDS, TimeUnit.SECONDS)).isEqualTo(SslCloseCompletionEvent.SUCCESS);
        Await.success(server.close());
        loops.assertNoChannelLeft();
    }

    /** A close says goodbye, which nobody takes: the loop is not held up. */
    @Test
    void shouldCloseThoughThePeerReadsNothing() throws Exception {
        Recorder served = new Recorder();
        Channel server = loops.bind(nettyServer(served));
        DuplexChannel channel = register(events, gioClient(server));
        Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1_000))));
        served.awaitBytes(1_000);
        served.channel().config().setAutoRead(false);
        ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(64 << 20)));
        loops.assertIdle();
        assertThat(written.isDone()).isFalse();
        Await.success(channel.close());
        loops.assertIdle();
        SingleThreadIoEventLoop loop = (SingleThreadIoEventLoop) loops.loop();
        Await.until(() -> loop.registeredChannels() == 2, () -> "the stream closed");
    }
}

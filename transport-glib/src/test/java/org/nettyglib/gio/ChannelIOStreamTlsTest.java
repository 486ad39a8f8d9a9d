package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Promise;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.gnome.gio.IOStream;
import org.gnome.gio.NetworkAddress;
import org.gnome.gio.TlsCertificate;
import org.gnome.gio.TlsClientConnection;
import org.gnome.gio.TlsConnection;
import org.gnome.gio.TlsDatabase;
import org.gnome.gio.TlsFileDatabase;
import org.gnome.gio.TlsServerConnection;
import org.javagi.base.GErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.ChannelFixture;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.channel.Payload;
import org.nettyglib.channel.TestCertificate;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** TLS by GIO on a {@link ChannelIOStream}, and by Netty at the other end of the connection. */
@ParameterizedClass
@EnumSource
class ChannelIOStreamTlsTest {
    private static final int SIZE = 2_000_000;

    @RegisterExtension
    final ProcessFixture loops;

    private final Path key;
    private final Path certificate;

    ChannelIOStreamTlsTest(LoopKind kind, @TempDir Path directory) throws Exception {
        loops = new ProcessFixture(kind);
        TestCertificate made = TestCertificate.in(directory);
        key = made.key();
        certificate = made.certificate();
    }

    /** Accepts one connection of Netty's at the other end. */
    private Channel serve(ChannelHandler... handlers) throws InterruptedException {
        return ChannelFixture.channel(new ServerBootstrap()
                .group(loops.loop())
                .channel(GLibServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handlers);
                    }
                })
                .bind(ChannelFixture.ANY_PORT));
    }

    private Channel connect(Channel server, ChannelHandler... handlers) throws InterruptedException {
        return ChannelFixture.channel(new Bootstrap()
                .group(loops.loop())
                .channel(GLibSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handlers);
                    }
                })
                .connect(server.localAddress()));
    }

    /** Without a deadline of its own, a handshake that hangs would hang the test. */
    private static void handshake(TlsConnection connection) throws Exception {
        CompletableFuture.runAsync(() -> {
                    try {
                        connection.handshake(null);
                    } catch (GErrorException e) {
                        throw new IllegalStateException(e.getMessage(), e);
                    }
                })
                .get(Await.SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void shouldCarryAClientOfGio() throws Exception {
        SslContext tls = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                .sslProvider(SslProvider.JDK)
                .build();
        Channel server = serve(tls.newHandler(ByteBufAllocator.DEFAULT), new LoopFixture.Echo());
        ChannelIOStream bridge = BridgedConnection.bridge(loops.loop(), server.localAddress(), channel -> {});
        try (GioStream plain = new GioStream(bridge.ioStream())) {
            TlsClientConnection client =
                    TlsClientConnection.new_(plain.stream(), new NetworkAddress("localhost", (short) 443));
            TlsConnection connection = (TlsConnection) client;
            connection.setDatabase((TlsDatabase) TlsFileDatabase.new_(certificate.toString()));
            handshake(connection);
            try (GioStream secure = new GioStream((IOStream) client)) {
                byte[] data = Payload.bytes(SIZE);
                CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(secure, data));
                assertThat(secure.read(SIZE)).isEqualTo(data);
                written.get(Await.SECONDS, TimeUnit.SECONDS);
            }
        }
        Await.success(bridge.closeFuture());
        Await.success(server.close());
    }

    private static void write(GioStream stream, byte[] data) {
        try {
            stream.write(data);
        } catch (GErrorException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldCarryAServerOfGio() throws Exception {
        SslContext tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(certificate.toFile())
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
        Received received = new Received();
        Promise<ChannelIOStream> accepted = loops.loop().newPromise();
        Channel server = serve(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) throws Exception {
                accepted.setSuccess(ChannelIOStream.of(channel));
            }
        });
        Channel client = connect(server, tls.newHandler(ByteBufAllocator.DEFAULT, "localhost", 443), received);
        ChannelIOStream bridge = Await.success(accepted);
        try (GioStream plain = new GioStream(bridge.ioStream())) {
            TlsServerConnection connection = TlsServerConnection.new_(
                    plain.stream(), TlsCertificate.fromFiles(certificate.toString(), key.toString()));
            handshake((TlsConnection) connection);
            try (GioStream secure = new GioStream((IOStream) connection)) {
                byte[] data = Payload.bytes(SIZE);
                client.writeAndFlush(Unpooled.wrappedBuffer(data));
                assertThat(secure.read(SIZE)).isEqualTo(data);
                secure.write(data);
                received.awaitCount(SIZE);
                assertThat(received.checksum()).isEqualTo(Payload.checksum(data));
            }
        }
        received.awaitClosed();
        Await.success(bridge.closeFuture());
        Await.success(server.close());
    }
}

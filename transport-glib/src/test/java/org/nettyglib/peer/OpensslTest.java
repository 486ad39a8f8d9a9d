package org.nettyglib.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.ChannelFixture;
import org.nettyglib.channel.Payload;
import org.nettyglib.channel.Program;
import org.nettyglib.channel.StreamKind;
import org.nettyglib.channel.TestCertificate;

/** {@code openssl s_client} and {@code s_server} at the other end of a connection with TLS. */
@ParameterizedClass
@EnumSource
class OpensslTest {
    /** Lines of text, which s_server turns round. */
    private static final String LINES =
            HexFormat.of().formatHex(Payload.bytes(40_000)).replaceAll("(.{50})", "$1\n");

    private static final Pattern ACCEPT = Pattern.compile("^ACCEPT .*:(.+)\\R", Pattern.MULTILINE);

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final StreamKind kind;
    private final Path key;
    private final Path certificate;

    OpensslTest(StreamKind kind, @TempDir Path directory) throws Exception {
        this.kind = kind;
        TestCertificate made = TestCertificate.in(directory);
        key = made.key();
        certificate = made.certificate();
    }

    private ChannelHandler pipeline(SslContext context, ChannelHandler last) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(context.newHandler(channel.alloc(), "localhost", 443), last);
            }
        };
    }

    /** Gives everything back, and closes when it has given back as much as is expected. */
    private static final class EchoAndClose extends ChannelInboundHandlerAdapter {
        private int missing = LINES.length();

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // openssl tells what comes of it
        public void channelRead(ChannelHandlerContext context, Object message) {
            missing -= ((ByteBuf) message).readableBytes();
            ChannelFuture written = context.writeAndFlush(message);
            if (missing == 0) {
                written.addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    @Test
    void shouldServeClient() throws Exception {
        SslContext tls = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                .sslProvider(SslProvider.JDK)
                .build();
        Channel server = loops.bind(kind, loops.server(kind, pipeline(tls, new EchoAndClose())));
        SocketAddress address = server.localAddress();
        String[] where = kind == StreamKind.UNIX
                ? new String[] {"-unix", Addresses.path(address)}
                : new String[] {"-connect", Addresses.host(address) + ':' + Addresses.port(address)};
        try (Program client = openssl(
                "s_client",
                where,
                "-quiet",
                "-verify_return_error",
                "-verify_hostname",
                "localhost",
                "-servername",
                "localhost",
                "-CAfile",
                certificate.toString())) {
            client.write(LINES.getBytes(StandardCharsets.US_ASCII));
            assertThat(client.awaitSuccess()).asString().isEqualTo(LINES);
        }
        loops.assertIdle();
    }

    private static Program openssl(String command, String[] where, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("openssl", command));
        all.addAll(List.of(where));
        all.addAll(List.of(options));
        return Program.start(all);
    }

    /** The server turns each line round. */
    @Test
    void shouldBeClientOfServer() throws Exception {
        SslContext tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(certificate.toFile())
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
        SocketAddress asked = kind.unusedAddress();
        String[] where = kind == StreamKind.UNIX
                ? new String[] {"-unix", Addresses.path(asked), "-unlink"}
                : new String[] {"-accept", Addresses.host(asked) + ":0"};
        try (Program server = openssl(
                "s_server", where, "-rev", "-naccept", "1", "-cert", certificate.toString(), "-key", key.toString())) {
            Collector received = new Collector();
            Channel channel = ChannelFixture.channel(
                    loops.client(kind, pipeline(tls, received)).connect(awaitAddress(server)));
            Await.success(channel.pipeline().get(SslHandler.class).handshakeFuture());
            ChannelFuture written = channel.writeAndFlush(Unpooled.copiedBuffer(LINES, StandardCharsets.US_ASCII));
            received.awaitEqual(reversedLines());
            Await.success(written);
            Await.success(channel.close());
            server.awaitSuccess();
        }
    }

    private static byte[] reversedLines() {
        StringBuilder reversed = new StringBuilder();
        for (String line : LINES.split("\n")) {
            reversed.append(new StringBuilder(line).reverse()).append('\n');
        }
        return reversed.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private SocketAddress awaitAddress(Program server) throws InterruptedException {
        Matcher[] matcher = new Matcher[1];
        Await.until(
                () -> {
                    matcher[0] = ACCEPT.matcher(new String(server.output(), StandardCharsets.US_ASCII));
                    return matcher[0].find();
                },
                () -> "s_server accepts: " + server);
        String where = matcher[0].group(1);
        return kind == StreamKind.UNIX
                ? new DomainSocketAddress(where)
                : new InetSocketAddress(ChannelFixture.ANY_PORT.getAddress(), Integer.parseInt(where));
    }
}

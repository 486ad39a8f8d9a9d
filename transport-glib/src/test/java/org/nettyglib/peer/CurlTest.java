package org.nettyglib.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.ChannelFixture;
import org.nettyglib.channel.Payload;
import org.nettyglib.channel.Program;
import org.nettyglib.channel.StreamKind;

/** {@code curl} as the client of an HTTP server. */
@ParameterizedClass
@EnumSource
class CurlTest {
    private static final int SIZE = 20 << 20;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final StreamKind kind;
    private final Path directory;
    private final Path file;
    private Channel server;

    CurlTest(StreamKind kind, @TempDir Path directory) throws IOException {
        this.kind = kind;
        this.directory = directory;
        file = Files.write(directory.resolve("file"), Payload.bytes(SIZE));
    }

    @BeforeEach
    void startServer() throws InterruptedException {
        Program.assumeInstalled("curl", "curl");
        server = loops.bind(kind, loops.server(kind, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(SIZE), new FileServer());
            }
        }));
    }

    /** Answers a request of {@code /file} with the file, and any other with the request's own body. */
    private final class FileServer extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // curl tells what comes of it
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            boolean wantsFile = request.uri().equals("/file");
            boolean keepAlive = HttpUtil.isKeepAlive(request);
            HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            HttpUtil.setContentLength(
                    response, wantsFile ? SIZE : request.content().readableBytes());
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream");
            HttpUtil.setKeepAlive(response, keepAlive);
            context.write(response);
            context.write(
                    wantsFile
                            ? new DefaultFileRegion(file.toFile(), 0, SIZE)
                            : request.content().retain());
            ChannelFuture last = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            if (!keepAlive) {
                last.addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    private Program curl(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--fail", "--noproxy", "*"));
        if (kind == StreamKind.UNIX) {
            command.addAll(List.of("--unix-socket", Addresses.path(server.localAddress())));
        }
        command.addAll(List.of(options));
        return Program.start(command);
    }

    private String url(String path) {
        String authority = kind == StreamKind.UNIX
                ? "localhost"
                : Addresses.host(server.localAddress()) + ':' + Addresses.port(server.localAddress());
        return "http://" + authority + path;
    }

    @Test
    void shouldAnswerSeveralRequestsOnOneConnection() throws Exception {
        try (Program curl =
                curl("--data", "one", "--write-out", " %{num_connects};", url("/a"), url("/b"), url("/c"))) {
            // New connections for each request: one for the first.
            assertThat(curl.awaitSuccess()).asString().isEqualTo("one 1;one 0;one 0;");
        }
        loops.assertIdle();
    }

    @Test
    void shouldCloseConnectionAfterHttp10() throws Exception {
        try (Program curl =
                curl("--http1.0", "--data", "one", "--write-out", " %{num_connects};", url("/"), url("/"))) {
            assertThat(curl.awaitSuccess()).asString().isEqualTo("one 1;one 1;");
        }
    }

    @Test
    void shouldSendFile() throws Exception {
        Path copy = directory.resolve("copy");
        try (Program curl = curl("--output", copy.toString(), url("/file"))) {
            curl.awaitSuccess();
        }
        assertThat(Files.mismatch(copy, file)).isEqualTo(-1);
    }

    @Test
    void shouldTakeAndGiveBackUpload() throws Exception {
        Path copy = directory.resolve("copy");
        try (Program curl = curl("--data-binary", "@" + file, "--output", copy.toString(), url("/upload"))) {
            curl.awaitSuccess();
        }
        assertThat(Files.mismatch(copy, file)).isEqualTo(-1);
    }

    @Test
    void shouldServeSeveralAtOnce() throws Exception {
        List<Program> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                clients.add(curl("--output", directory.resolve("copy" + i).toString(), url("/file")));
            }
            for (int i = 0; i < 5; i++) {
                clients.get(i).awaitSuccess();
                assertThat(Files.mismatch(directory.resolve("copy" + i), file)).isEqualTo(-1);
            }
        } finally {
            for (Program client : clients) {
                client.close();
            }
        }
        loops.assertIdle();
    }
}

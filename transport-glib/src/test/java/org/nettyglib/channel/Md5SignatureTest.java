package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link GLibChannelOption#TCP_MD5SIG}: peers that sign their segments. */
@ParameterizedClass
@ValueSource(strings = {"127.0.0.1", "::1"})
class Md5SignatureTest {
    private static final byte[] KEY = "a secret".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_KEY = "another secret".getBytes(StandardCharsets.US_ASCII);

    /** The kernel drops what is not signed as agreed, and the connect goes on trying. */
    private static final int TIMEOUT_MILLIS = 1000;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final InetAddress host;
    private final Recorder child = new Recorder();
    private final Recorder events = new Recorder();

    Md5SignatureTest(String host) {
        this.host = InetAddress.ofLiteral(host);
    }

    /** The kernel may have been built without it, and may not have this address. */
    @BeforeEach
    void requireKernel() throws Exception {
        Channel server = ChannelFixture.channel(loops.server(new SharedSink()).register());
        try {
            server.config().setOption(GLibChannelOption.TCP_MD5SIG, Map.of(host, KEY));
        } catch (ChannelException e) {
            abortTold("this kernel has no TCP_MD5SIG: " + e.getCause());
        }
        ChannelFuture bound = server.bind(new InetSocketAddress(host, 0));
        Await.done(bound);
        if (!bound.isSuccess()) {
            abortTold("this host has no " + host + ": " + bound.cause());
        }
        Await.success(server.close());
    }

    private static void abortTold(String reason) {
        System.out.println("TCP_MD5SIG is not tested: " + reason);
        abort(reason);
    }

    private Channel bind(Map<InetAddress, byte[]> keys) throws InterruptedException {
        return ChannelFixture.channel(
                loops.server(child).option(GLibChannelOption.TCP_MD5SIG, keys).bind(new InetSocketAddress(host, 0)));
    }

    private ChannelFuture connect(Channel server, Map<InetAddress, byte[]> keys) {
        return loops.client(new Recorder())
                .option(GLibChannelOption.TCP_MD5SIG, keys)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS)
                .connect(server.localAddress());
    }

    private void assertTalk(Channel server, Map<InetAddress, byte[]> keys) throws Exception {
        Channel client = ChannelFixture.channel(
                loops.client(events).option(GLibChannelOption.TCP_MD5SIG, keys).connect(server.localAddress()));
        Await.success(client.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(100_000))));
        child.awaitBytes(100_000);
        Await.success(child.channel().writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1000))));
        events.awaitBytes(1000);
        Await.success(client.close());
    }

    private void assertNoConnection(ChannelFuture connected) throws Exception {
        assertThat(Await.failure(connected)).isInstanceOf(ConnectTimeoutException.class);
        assertThat(child.events()).isEmpty();
    }

    @Test
    void shouldTalkToPeerWithSameKey() throws Exception {
        assertTalk(bind(Map.of(host, KEY)), Map.of(host, KEY));
    }

    @Test
    void shouldTalkWithLongestKey() throws Exception {
        byte[] longest = Payload.bytes(80);
        assertTalk(bind(Map.of(host, longest)), Map.of(host, longest));
    }

    @Test
    void shouldNotConnectWithOtherKey() throws Exception {
        assertNoConnection(connect(bind(Map.of(host, KEY)), Map.of(host, OTHER_KEY)));
    }

    @Test
    void shouldNotConnectWithoutKey() throws Exception {
        assertNoConnection(connect(bind(Map.of(host, KEY)), Map.of()));
    }

    @Test
    void shouldNotConnectToServerWithoutKey() throws Exception {
        assertNoConnection(connect(bind(Map.of()), Map.of(host, KEY)));
    }

    /** Keys are of peers: who has none talks as ever. */
    @Test
    void shouldTalkToPeerThatHasNoKey() throws Exception {
        InetAddress somebody = InetAddress.ofLiteral("192.0.2.1");
        assertTalk(bind(Map.of(somebody, KEY)), Map.of(somebody, OTHER_KEY));
    }

    @Test
    void shouldReplaceKeys() throws Exception {
        Channel server = bind(Map.of(host, KEY));
        assertThat(server.config().setOption(GLibChannelOption.TCP_MD5SIG, Map.of(host, OTHER_KEY)))
                .isTrue();

        assertNoConnection(connect(server, Map.of(host, KEY)));
        assertTalk(server, Map.of(host, OTHER_KEY));
    }

    @Test
    void shouldRemoveKeys() throws Exception {
        Channel server = bind(Map.of(host, KEY));
        assertThat(server.config().setOption(GLibChannelOption.TCP_MD5SIG, Map.of()))
                .isTrue();
        assertThat(server.config().getOption(GLibChannelOption.TCP_MD5SIG)).isEmpty();
        assertTalk(server, Map.of());
    }

    @Test
    void shouldTellPeersButNoKeys() throws Exception {
        Channel server = bind(Map.of(host, KEY));
        assertThat(server.config().getOption(GLibChannelOption.TCP_MD5SIG))
                .hasSize(1)
                .containsEntry(host, new byte[0]);
        assertThat(server.config().getOptions()).containsKey(GLibChannelOption.TCP_MD5SIG);
        Channel client = ChannelFixture.channel(loops.client(new Recorder())
                .option(GLibChannelOption.TCP_MD5SIG, Map.of(host, KEY))
                .connect(server.localAddress()));
        assertThat(client.config().getOption(GLibChannelOption.TCP_MD5SIG)).containsOnlyKeys(host);
        // An accepted connection has what its server had.
        child.await(Event.ACTIVE);
        assertThat(child.channel().config().getOption(GLibChannelOption.TCP_MD5SIG))
                .containsOnlyKeys(host);
        Await.success(client.close());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 81})
    void shouldRefuseKeyOfWrongLength(int length) throws Exception {
        Channel server = bind(Map.of(host, KEY));
        assertThatThrownBy(() ->
                        server.config().setOption(GLibChannelOption.TCP_MD5SIG, Map.of(host, Payload.bytes(length))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(host.getHostAddress())
                .hasMessageContaining(Integer.toString(length));
        // The key of before is there still.
        assertTalk(server, Map.of(host, KEY));
    }

    @Test
    void shouldRefuseIpv6PeerOfIpv4Socket() throws Exception {
        Channel client = ChannelFixture.channel(new Bootstrap()
                .group(loops.loop())
                .channelFactory(() -> new GLibSocketChannel(SocketProtocolFamily.INET))
                .handler(new SharedSink())
                .register());
        assertThatThrownBy(() -> client.config()
                        .setOption(GLibChannelOption.TCP_MD5SIG, Map.of(InetAddress.ofLiteral("2001:db8::1"), KEY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2001:db8");
        assertThat(client.config().setOption(GLibChannelOption.TCP_MD5SIG, Map.of(host("127.0.0.1"), KEY)))
                .isTrue();
    }

    /** The kernel has room for some, and keeps what it took before it refused. */
    @Test
    void shouldRemoveKeysThatWereTakenBeforeOneWasRefused() throws Exception {
        Map<InetAddress, byte[]> tooMany = new LinkedHashMap<>();
        tooMany.put(host, KEY);
        for (int i = 0; i < 50_000; i++) {
            tooMany.put(host("10.0." + (i >> 8) + '.' + (i & 255)), KEY);
        }
        Channel server = bind(Map.of());
        assertThatThrownBy(() -> server.config().setOption(GLibChannelOption.TCP_MD5SIG, tooMany))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("TCP_MD5SIG");
        assertThat(server.config().getOption(GLibChannelOption.TCP_MD5SIG))
                .containsKey(host)
                .hasSizeLessThan(tooMany.size());

        assertThat(server.config().setOption(GLibChannelOption.TCP_MD5SIG, Map.of()))
                .isTrue();
        assertTalk(server, Map.of());
    }

    private static InetAddress host(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}

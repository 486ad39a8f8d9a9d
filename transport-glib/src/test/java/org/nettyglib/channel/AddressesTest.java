package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What channels say of their addresses. */
class AddressesTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder child = new Recorder();

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private static void assumeIpv6() {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            assertThat(server.isBound()).isTrue();
        } catch (IOException e) {
            System.out.println("IPv6 is not tested: this host has no ::1");
            abort("this host has no ::1");
        }
    }

    private void assertConnected(Channel client, Channel server) throws Exception {
        child.await(Event.ACTIVE);
        Channel accepted = child.channel();
        assertThat(client.remoteAddress()).isEqualTo(server.localAddress());
        assertThat(accepted.localAddress()).isEqualTo(client.remoteAddress());
        assertThat(accepted.remoteAddress()).isEqualTo(client.localAddress());
        assertThat(accepted.parent()).isSameAs(server);
        assertThat(client.parent()).isNull();
        assertThat(server.remoteAddress()).isNull();
    }

    @Test
    void shouldKnowIpv4AddressesOfSocketForBoth() throws Exception {
        Channel server = loops.bind(loops.server(child));
        InetSocketAddress local = (InetSocketAddress) server.localAddress();
        assertThat(local.getAddress()).isInstanceOf(Inet4Address.class).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(local.getPort()).isPositive();

        Channel client = ChannelFixture.channel(loops.client(new Recorder()).connect(local));

        assertConnected(client, server);
        assertThat(((InetSocketAddress) client.localAddress()).getAddress()).isInstanceOf(Inet4Address.class);
    }

    @Test
    void shouldKnowIpv6Addresses() throws Exception {
        assumeIpv6();
        Channel server = ChannelFixture.channel(loops.server(child).bind(address("::1", 0)));
        InetSocketAddress local = (InetSocketAddress) server.localAddress();
        assertThat(local.getAddress()).isInstanceOf(Inet6Address.class);

        Channel client = ChannelFixture.channel(loops.client(new Recorder()).connect(local));

        assertConnected(client, server);
        assertThat(((InetSocketAddress) client.localAddress()).getAddress()).isEqualTo(InetAddress.ofLiteral("::1"));
    }

    /** On a socket for both, an IPv4 peer has an IPv4-mapped address of the kernel's, which is nobody's business. */
    @Test
    void shouldServeBothFamiliesOnWildcard() throws Exception {
        Channel server = ChannelFixture.channel(loops.server(child).bind(new InetSocketAddress(0)));
        int port = ((InetSocketAddress) server.localAddress()).getPort();
        assertThat(((InetSocketAddress) server.localAddress()).getAddress().isAnyLocalAddress())
                .isTrue();

        Channel client = ChannelFixture.channel(loops.client(new Recorder()).connect(address("127.0.0.1", port)));

        child.await(Event.ACTIVE);
        assertThat(client.remoteAddress()).isEqualTo(address("127.0.0.1", port));
        assertThat(child.channel().remoteAddress()).isEqualTo(client.localAddress());
        assertThat(child.channel().localAddress()).isEqualTo(address("127.0.0.1", port));
    }

    @Test
    void shouldMakeSocketOfOneFamily() throws Exception {
        Channel server = bind(SocketProtocolFamily.INET, "127.0.0.1");
        Channel client = ChannelFixture.channel(new Bootstrap()
                .group(loops.loop())
                .channelFactory(() -> new GLibSocketChannel(SocketProtocolFamily.INET))
                .handler(new SharedSink())
                .connect(server.localAddress()));
        assertConnected(client, server);

        assumeIpv6();
        Channel ipv6 = bind(SocketProtocolFamily.INET6, "::1");
        assertThat(((InetSocketAddress) ipv6.localAddress()).getAddress()).isInstanceOf(Inet6Address.class);
    }

    private Channel bind(SocketProtocolFamily family, String host) throws Exception {
        return ChannelFixture.channel(new ServerBootstrap()
                .group(loops.loop())
                .channelFactory(() -> new GLibServerSocketChannel(family))
                .childHandler(child)
                .bind(address(host, 0)));
    }

    @Test
    void shouldConnectFromGivenAddress() throws Exception {
        Channel server = loops.bind(loops.server(child));
        InetSocketAddress from = address("127.0.0.2", 0);

        Channel client = ChannelFixture.channel(loops.client(new Recorder()).connect(server.localAddress(), from));

        assertConnected(client, server);
        assertThat(((InetSocketAddress) client.localAddress()).getAddress()).isEqualTo(from.getAddress());
        assertThat(((InetSocketAddress) client.localAddress()).getPort()).isPositive();
    }

    @Test
    void shouldKnowBoundAddressBeforeConnect() throws Exception {
        Channel server = loops.bind(loops.server(child));
        Channel client = ChannelFixture.channel(loops.client(new Recorder()).register());
        assertThat(client.localAddress()).isNull();
        assertThat(client.remoteAddress()).isNull();

        Await.success(client.bind(ChannelFixture.ANY_PORT));
        InetSocketAddress bound = (InetSocketAddress) client.localAddress();
        assertThat(bound.getPort()).isPositive();
        assertThat(client.isActive()).isFalse();
        loops.assertIdle();

        Await.success(client.connect(server.localAddress()));
        assertThat(client.localAddress()).isEqualTo(bound);
        assertConnected(client, server);
    }

    @Test
    void shouldKnowWhatConnectMadeOfWildcard() throws Exception {
        Channel server = loops.bind(loops.server(child));
        Channel client = ChannelFixture.channel(loops.client(new Recorder()).register());
        Await.success(client.bind(new InetSocketAddress(0)));
        InetSocketAddress bound = (InetSocketAddress) client.localAddress();
        assertThat(bound.getAddress().isAnyLocalAddress()).isTrue();

        Await.success(client.connect(server.localAddress()));

        assertThat(client.localAddress()).isEqualTo(address("127.0.0.1", bound.getPort()));
        assertConnected(client, server);
    }

    @Test
    void shouldRememberAddressesAfterClose() throws Exception {
        Channel server = loops.bind(loops.server(child));
        Channel client = ChannelFixture.channel(loops.client(new Recorder()).connect(server.localAddress()));
        var local = client.localAddress();
        var remote = client.remoteAddress();
        Await.success(client.close());
        assertThat(client.localAddress()).isEqualTo(local);
        assertThat(client.remoteAddress()).isEqualTo(remote);
        child.assertClosedOnce();
        assertThat(child.channel().remoteAddress()).isEqualTo(local);
    }
}

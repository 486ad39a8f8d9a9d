package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.Future;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.ffi.AsyncReady;
import org.nettyglib.loop.GLibIoHandler;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** Look-ups that need no network: {@link GioResolverDnsTest} has those that do. */
class GioResolverTest {
    private static final int MANY = 10_000;

    /** Of others. */
    private final int pending = AsyncReady.pending();

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldFindTheLocalHost(LoopKind kind) throws Exception {
        try (LoopFixture fixture = kind.open()) {
            InetNameResolver resolver = GioResolver.INSTANCE.nameResolver(fixture.loop());
            assertThat(Await.success(resolver.resolve("localhost")).isLoopbackAddress())
                    .isTrue();
            assertThat(Await.success(resolver.resolveAll("localhost")))
                    .isNotEmpty()
                    .allSatisfy(address -> {
                        assertThat(address.isLoopbackAddress()).isTrue();
                        assertThat(address.getHostName()).isEqualTo("localhost");
                    });
            assertThat(Await.success(GioResolver.INSTANCE.lookupByName(fixture.loop(), "localhost")))
                    .allMatch(InetAddress::isLoopbackAddress);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "::1, 0:0:0:0:0:0:0:1",
        "[::1], 0:0:0:0:0:0:0:1",
        "fe80::1%1, fe80:0:0:0:0:0:0:1%1",
        "::ffff:192.0.2.1, 192.0.2.1"
    })
    void shouldTakeAnAddressForWhatItIs(String literal, String expected) throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            InetNameResolver resolver = GioResolver.INSTANCE.nameResolver(fixture.loop());
            Future<InetAddress> one = resolver.resolve(literal);
            assertThat(one.isDone()).as("it takes no look-up").isTrue();
            assertThat(one.getNow().getHostAddress()).isEqualTo(expected);
            assertThat(Await.success(resolver.resolveAll(literal)))
                    .singleElement()
                    .returns(expected, InetAddress::getHostAddress);
            assertThat(Await.success(GioResolver.INSTANCE
                            .getResolver(fixture.loop())
                            .resolve(InetSocketAddress.createUnresolved(literal, 80))))
                    .returns(80, InetSocketAddress::getPort)
                    .returns(expected, address -> address.getAddress().getHostAddress());
        }
    }

    @Test
    void shouldKeepTheScopeOfAnAddressThatGioLooksAt() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            assertThat(Await.success(GioResolver.INSTANCE.lookupByName(fixture.loop(), "fe80::1%1")))
                    .singleElement()
                    .returns("fe80:0:0:0:0:0:0:1%1", InetAddress::getHostAddress);
        }
    }

    @Test
    void shouldTakeTheEmptyNameForTheLocalHost() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            assertThat(Await.success(
                            GioResolver.INSTANCE.nameResolver(fixture.loop()).resolve("")))
                    .isEqualTo(NetUtil.LOCALHOST);
            assertThat(Await.success(new GioResolver(ResolvedAddressTypes.IPV6_ONLY)
                            .nameResolver(fixture.loop())
                            .resolve("")))
                    .isEqualTo(NetUtil.LOCALHOST6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fe80::1%nosuch0", "a\0b"})
    void shouldSayThatANameIsNone(String name) throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            assertThat(Await.failure(
                            GioResolver.INSTANCE.nameResolver(fixture.loop()).resolve(name)))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void shouldRefuseANameThatCWouldNotSeeToItsEnd() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            String name = "a\0b";
            assertThat(Await.failure(GioResolver.INSTANCE.lookupByName(fixture.loop(), name)))
                    .isInstanceOf(UnknownHostException.class);
            assertThat(Await.failure(GioResolver.INSTANCE.lookupText(fixture.loop(), name)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(Await.failure(GioResolver.INSTANCE.lookupService(fixture.loop(), "a", name, "b")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertNothingPending();
        }
    }

    @Test
    void shouldLookForOneKindOnly() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            assertThat(localhost(fixture, ResolvedAddressTypes.IPV4_ONLY)).allMatch(Inet4Address.class::isInstance);
            assertThat(localhost(fixture, ResolvedAddressTypes.IPV6_ONLY)).allMatch(Inet6Address.class::isInstance);
        }
    }

    @Test
    void shouldPutThePreferredKindFirst() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            List<InetAddress> four = localhost(fixture, ResolvedAddressTypes.IPV4_PREFERRED);
            List<InetAddress> six = localhost(fixture, ResolvedAddressTypes.IPV6_PREFERRED);
            assertThat(four).first().isInstanceOf(Inet4Address.class);
            assertThat(six).first().isInstanceOf(Inet6Address.class);
            assertThat(six).containsExactlyInAnyOrderElementsOf(four).hasSizeGreaterThan(1);
        }
    }

    private static List<InetAddress> localhost(LoopFixture fixture, ResolvedAddressTypes types) throws Exception {
        return Await.success(new GioResolver(types).nameResolver(fixture.loop()).resolveAll("localhost"));
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldServeABootstrap(LoopKind kind) throws Exception {
        try (LoopFixture fixture = kind.open()) {
            Channel server = fixture.serveEcho();
            LoopFixture.Client client = new LoopFixture.Client();
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            ChannelFuture connect = new Bootstrap()
                    .group(fixture.group())
                    .channel(GLibSocketChannel.class)
                    .resolver(new GioResolver(ResolvedAddressTypes.IPV4_ONLY))
                    .handler(client)
                    .connect("localhost", port);
            Await.success(connect);
            assertThat(((InetSocketAddress) connect.channel().remoteAddress()).getPort())
                    .isEqualTo(port);
            assertThat(connect.channel().eventLoop()).isSameAs(fixture.loop());
        }
    }

    @Test
    void shouldServeALoopOfNettysOwnOnAMainContext() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, GLibIoHandler.newFactory());
        try {
            assertThat(Await.success(
                            GioResolver.INSTANCE.nameResolver(group.next()).resolve("localhost")))
                    .matches(InetAddress::isLoopbackAddress);
        } finally {
            Await.success(group.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS));
        }
    }

    @Test
    void shouldSayWhatToDoWithALoopThatIsNotOfGlib() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        DefaultEventExecutor executor = new DefaultEventExecutor();
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> GioResolver.INSTANCE.getResolver(group.next()))
                    .withMessageContaining("GLibEventLoopGroup");
            assertThatIllegalStateException()
                    .isThrownBy(() -> GioResolver.INSTANCE.getResolver(executor))
                    .withMessageContaining("GLibEventLoopGroup")
                    .withMessageContaining("DefaultAddressResolverGroup");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GioResolver.INSTANCE.lookupText(group.next(), "example.test"))
                    .withMessageContaining("GLibEventLoopGroup");
            assertThat(Await.failure(new Bootstrap()
                            .group(group)
                            .channel(NioSocketChannel.class)
                            .resolver(GioResolver.INSTANCE)
                            .handler(new ChannelInboundHandlerAdapter())
                            .connect("localhost", 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("GLibEventLoopGroup");
        } finally {
            executor.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS);
            Await.success(group.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldNotStartWhatIsCancelledBefore(LoopKind kind) throws Exception {
        try (LoopFixture fixture = kind.open()) {
            fixture.run(() -> {});
            CountDownLatch released = fixture.block();
            Future<InetAddress> future =
                    GioResolver.INSTANCE.nameResolver(fixture.loop()).resolve("localhost");
            assertThat(future.cancel(false)).isTrue();
            released.countDown();
            fixture.run(() -> {});
            assertThat(future.isCancelled()).isTrue();
            assertNothingPending();
        }
    }

    @Test
    void shouldStayAsItIsWhenItIsCancelledAfterwards() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            Future<InetAddress> future =
                    GioResolver.INSTANCE.nameResolver(fixture.loop()).resolve("localhost");
            Await.success(future);
            assertThat(future.cancel(false)).isFalse();
            assertThat(future.isSuccess()).isTrue();
        }
    }

    @Test
    void shouldFailOnALoopThatHasEnded() throws Exception {
        LoopFixture fixture = new LoopFixture();
        InetNameResolver resolver = GioResolver.INSTANCE.nameResolver(fixture.loop());
        fixture.close();
        assertThatIllegalStateException().isThrownBy(() -> GioResolver.INSTANCE.getResolver(fixture.loop()));
        assertThat(Await.failure(resolver.resolve("localhost"))).isInstanceOf(RejectedExecutionException.class);
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldLeaveNothingOfManyAtOnce(LoopKind kind) throws Exception {
        try (LoopFixture fixture = kind.open()) {
            InetNameResolver resolver = GioResolver.INSTANCE.nameResolver(fixture.loop());
            // Starts threads, which have descriptors of their own.
            resolveLocalhost(resolver, MANY / 10);
            int descriptors = descriptors();
            resolveLocalhost(resolver, MANY);
            assertNothingPending();
            Await.until(
                    () -> descriptors() <= descriptors,
                    () -> descriptors + " descriptors, but there are " + descriptors());
        }
    }

    private void assertNothingPending() throws InterruptedException {
        Await.until(() -> AsyncReady.pending() <= pending, () -> "no callback to come, but " + AsyncReady.pending());
    }

    private static void resolveLocalhost(InetNameResolver resolver, int times) throws InterruptedException {
        List<Future<InetAddress>> futures = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            futures.add(resolver.resolve("localhost"));
        }
        for (Future<InetAddress> future : futures) {
            assertThat(Await.success(future).isLoopbackAddress()).isTrue();
        }
    }

    private static int descriptors() {
        return Objects.requireNonNull(Path.of("/proc/self/fd").toFile().list()).length;
    }
}

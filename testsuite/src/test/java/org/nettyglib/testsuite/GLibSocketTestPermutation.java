package org.nettyglib.testsuite;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.SocketTestPermutation;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.nettyglib.channel.GLibDatagramChannel;
import org.nettyglib.channel.GLibDomainDatagramChannel;
import org.nettyglib.channel.GLibDomainSocketChannel;
import org.nettyglib.channel.GLibIOStreamChannel;
import org.nettyglib.channel.GLibServerDomainSocketChannel;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.GLibIoHandler;

/**
 * The servers and clients that each of Netty's tests is run with: GLib with GLib, and each side of GLib with NIO on the
 * other, so that no mistake is hidden by both sides making it. Where NIO has no such channel the other side is Netty's
 * epoll transport. The loops run the backend that the system property {@code org.nettyglib.backend} names and live as
 * long as the JVM.
 */
public final class GLibSocketTestPermutation extends SocketTestPermutation {

    /** GLib's loops, each with a main context of its own. */
    public static final GLibSocketTestPermutation INSTANCE =
            new GLibSocketTestPermutation(new GLibEventLoopGroup(NUM_THREADS, daemons("testsuite-glib")));

    /** Loops of Netty's own class, with GLib's handler: what {@link GLibIoHandler#newFactory()} is for. */
    public static final GLibSocketTestPermutation ON_NETTYS_LOOPS =
            new GLibSocketTestPermutation(new MultiThreadIoEventLoopGroup(
                    NUM_THREADS, daemons("testsuite-glib-handler"), GLibIoHandler.newFactory()));

    /** Loops that are attached to contexts which GLib's own main loops run. */
    public static final GLibSocketTestPermutation ATTACHED =
            new GLibSocketTestPermutation(new AttachedLoops(NUM_THREADS));

    private static final EventLoopGroup EPOLL_GROUP =
            new MultiThreadIoEventLoopGroup(NUM_THREADS, daemons("testsuite-epoll"), EpollIoHandler.newFactory());

    private static final int FAST_OPEN_QUEUE = 5;

    static {
        InternalLogger logger = InternalLoggerFactory.getInstance(GLibSocketTestPermutation.class);
        if (!Epoll.isTcpFastOpenClientSideAvailable()) {
            logger.warn("TCP fast open of clients is not tested: bit 1 of /proc/sys/net/ipv4/tcp_fastopen is not set");
        }
        if (!Epoll.isTcpFastOpenServerSideAvailable()) {
            logger.warn("TCP fast open of servers is not tested: bit 2 of /proc/sys/net/ipv4/tcp_fastopen is not set");
        }
    }

    private final EventLoopGroup glibGroup;

    private GLibSocketTestPermutation(EventLoopGroup glibGroup) {
        this.glibGroup = glibGroup;
    }

    /** So that nobody needs to shut the loops down. */
    private static ThreadFactory daemons(String name) {
        return new DefaultThreadFactory(name, true);
    }

    /** Every pair but NIO with NIO; GLib clients also with TCP fast open. */
    @Override
    public List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> socket() {
        return withoutLast(combo(serverSocket(), clientSocketWithFastOpen()));
    }

    /** The same as {@link #socket()}; Netty's own method would add NIO with NIO. */
    @Override
    public List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> socketWithFastOpen() {
        return socket();
    }

    /**
     * Three pairs, neither side with fast open: for tests that look at the connect itself, which fast open puts off to
     * the first write, and for those that take long.
     */
    public List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> socketWithoutFastOpen() {
        List<BootstrapFactory<ServerBootstrap>> servers = List.of(this::glibServer, this::nioServer);
        return withoutLast(combo(servers, clientSocket()));
    }

    @Override
    public List<BootstrapFactory<ServerBootstrap>> serverSocket() {
        List<BootstrapFactory<ServerBootstrap>> factories = new ArrayList<>();
        factories.add(this::glibServer);
        if (Epoll.isTcpFastOpenServerSideAvailable()) {
            factories.add(() -> glibServer().option(ChannelOption.TCP_FASTOPEN, FAST_OPEN_QUEUE));
        }
        factories.add(this::nioServer);
        return factories;
    }

    @Override
    public List<BootstrapFactory<Bootstrap>> clientSocket() {
        return List.of(this::glibClient, this::nioClient);
    }

    @Override
    public List<BootstrapFactory<Bootstrap>> clientSocketWithFastOpen() {
        List<BootstrapFactory<Bootstrap>> factories = new ArrayList<>();
        factories.add(this::glibClient);
        if (Epoll.isTcpFastOpenClientSideAvailable()) {
            factories.add(() -> glibClient().option(ChannelOption.TCP_FASTOPEN_CONNECT, true));
        }
        factories.add(this::nioClient);
        return factories;
    }

    @Override
    public List<BootstrapComboFactory<Bootstrap, Bootstrap>> datagram(SocketProtocolFamily family) {
        return withoutLast(combo(datagramSides(family), datagramSides(family)));
    }

    /** From IPv4 sockets to IPv6 sockets, which understand both. */
    public List<BootstrapComboFactory<Bootstrap, Bootstrap>> datagramFromIPv4ToIPv6() {
        return withoutLast(combo(datagramSides(SocketProtocolFamily.INET), datagramSides(SocketProtocolFamily.INET6)));
    }

    private List<BootstrapFactory<Bootstrap>> datagramSides(SocketProtocolFamily family) {
        return List.of(
                () -> client(glibGroup, () -> new GLibDatagramChannel(family)),
                () -> client(NIO_GROUP, () -> new NioDatagramChannel(family)));
    }

    @Override
    public List<BootstrapFactory<Bootstrap>> datagramSocket() {
        return List.of(
                () -> client(glibGroup, GLibDatagramChannel::new), () -> client(NIO_GROUP, NioDatagramChannel::new));
    }

    /** On paths; each side understands the other's class of addresses. */
    public List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> domainSocket() {
        return withoutLast(combo(serverDomainSocket(), clientDomainSocket()));
    }

    public List<BootstrapFactory<ServerBootstrap>> serverDomainSocket() {
        return List.of(() -> server(glibGroup, GLibServerDomainSocketChannel::new), this::nioDomainServer);
    }

    public List<BootstrapFactory<Bootstrap>> clientDomainSocket() {
        return List.of(this::glibDomainClientOfAnyServer, this::nioDomainClient);
    }

    /** Connections of GIO's, on TCP. */
    public List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> ioStream() {
        return withoutLast(combo(serverIOStream(), clientIOStream()));
    }

    public List<BootstrapFactory<ServerBootstrap>> serverIOStream() {
        return List.of(
                () -> server(glibGroup, () -> with(new IOStreamChildren(), new GLibServerSocketChannel())),
                this::nioServer);
    }

    public List<BootstrapFactory<Bootstrap>> clientIOStream() {
        return List.of(() -> client(glibGroup, GLibIOStreamChannel::new), this::nioClient);
    }

    /** With the epoll transport, for what the JDK has no API for: names outside the file system, and descriptors. */
    public List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> nativeDomainSocket() {
        List<BootstrapFactory<Bootstrap>> clients = List.of(
                () -> client(glibGroup, GLibDomainSocketChannel::new),
                () -> client(EPOLL_GROUP, EpollDomainSocketChannel::new));
        return withoutLast(combo(nativeServerDomainSocket(), clients));
    }

    public List<BootstrapFactory<ServerBootstrap>> nativeServerDomainSocket() {
        return List.of(
                () -> server(glibGroup, GLibServerDomainSocketChannel::new),
                () -> server(EPOLL_GROUP, EpollServerDomainSocketChannel::new));
    }

    /** With the epoll transport: the JDK has no datagrams on Unix domain sockets. */
    public List<BootstrapComboFactory<Bootstrap, Bootstrap>> domainDatagram() {
        return withoutLast(combo(domainDatagramSocket(), domainDatagramSocket()));
    }

    public List<BootstrapFactory<Bootstrap>> domainDatagramSocket() {
        return List.of(
                () -> client(glibGroup, GLibDomainDatagramChannel::new),
                () -> client(EPOLL_GROUP, EpollDomainDatagramChannel::new));
    }

    private ServerBootstrap nioDomainServer() {
        return server(NIO_GROUP, () -> with(DomainAddressTranslator.TO_JDK, new NioServerDomainSocketChannel()));
    }

    private Bootstrap nioDomainClient() {
        return client(NIO_GROUP, () -> with(DomainAddressTranslator.TO_JDK, new NioDomainSocketChannel()));
    }

    private Bootstrap glibDomainClientOfAnyServer() {
        return client(glibGroup, () -> with(DomainAddressTranslator.TO_NETTY, new GLibDomainSocketChannel()));
    }

    private static <C extends Channel> C with(ChannelHandler handler, C channel) {
        channel.pipeline().addFirst(handler);
        return channel;
    }

    private ServerBootstrap glibServer() {
        return new ServerBootstrap().group(glibGroup).channel(GLibServerSocketChannel.class);
    }

    private Bootstrap glibClient() {
        return new Bootstrap().group(glibGroup).channel(GLibSocketChannel.class);
    }

    private ServerBootstrap nioServer() {
        return new ServerBootstrap().group(NIO_GROUP).channel(NioServerSocketChannel.class);
    }

    private Bootstrap nioClient() {
        return new Bootstrap().group(NIO_GROUP).channel(NioSocketChannel.class);
    }

    private static ServerBootstrap server(EventLoopGroup group, ChannelFactory<ServerChannel> channels) {
        return new ServerBootstrap().group(group).channelFactory(channels);
    }

    private static Bootstrap client(EventLoopGroup group, ChannelFactory<Channel> channels) {
        return new Bootstrap().group(group).channelFactory(channels);
    }

    /** The foreign side stands last in the lists of servers and of clients, so the last pair is the one without GLib. */
    private static <T> List<T> withoutLast(List<T> pairs) {
        return pairs.subList(0, pairs.size() - 1);
    }
}

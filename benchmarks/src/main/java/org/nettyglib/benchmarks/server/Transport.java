package org.nettyglib.benchmarks.server;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nettyglib.channel.GLibChannelOption;
import org.nettyglib.channel.GLibDatagramChannel;
import org.nettyglib.channel.GLibServerDomainSocketChannel;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.loop.GLibBackend;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.GLibIoHandler;
import org.nettyglib.loop.GLibLoopOptions;

/** What the benchmarks compare inside Netty. The classes of a transport are loaded only when it is used. */
public enum Transport {
    EPOLL(
            "epoll",
            () -> EpollIoHandler.newFactory(),
            () -> new Channels(
                    EpollServerSocketChannel.class,
                    EpollServerDomainSocketChannel.class,
                    EpollDatagramChannel.class,
                    path -> new DomainSocketAddress(path.toFile()),
                    Optional.of(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE))),
    NIO(
            "nio",
            () -> NioIoHandler.newFactory(),
            () -> new Channels(
                    NioServerSocketChannel.class,
                    NioServerDomainSocketChannel.class,
                    NioDatagramChannel.class,
                    path -> UnixDomainSocketAddress.of(path),
                    Optional.empty())),
    GLIB_EPOLL_SET("glib-epoll-set", GLibBackend.EPOLL_SET),
    GLIB_SOURCE_PER_FD("glib-source-per-fd", GLibBackend.SOURCE_PER_FD);

    /**
     * What a transport calls its channels.
     *
     * @param unixAddress what a Unix server binds to
     * @param scattered the option that makes a datagram channel read many packets at once, with the bytes of one as its value
     */
    record Channels(
            Class<? extends ServerChannel> tcpServer,
            Class<? extends ServerChannel> unixServer,
            Class<? extends DatagramChannel> datagram,
            Function<Path, SocketAddress> unixAddress,
            Optional<ChannelOption<Integer>> scattered) {}

    /** The start of the loop thread's name, short enough to be whole in {@code /proc/PID/task/TID/comm}. */
    public static final String LOOP_THREAD = "bench-loop";

    private final String id;
    private final Supplier<IoHandlerFactory> ioHandlerFactory;
    private final Supplier<Channels> channels;
    private final @Nullable GLibBackend backend;

    Transport(String id, Supplier<IoHandlerFactory> ioHandlerFactory, Supplier<Channels> channels) {
        this.id = id;
        this.ioHandlerFactory = ioHandlerFactory;
        this.channels = channels;
        this.backend = null;
    }

    Transport(String id, GLibBackend backend) {
        this.id = id;
        this.ioHandlerFactory = () -> GLibIoHandler.newFactory(options(backend));
        this.channels = Transport::glibChannels;
        this.backend = backend;
    }

    private static GLibLoopOptions options(GLibBackend backend) {
        return GLibLoopOptions.defaults().backend(backend);
    }

    private static Channels glibChannels() {
        return new Channels(
                GLibServerSocketChannel.class,
                GLibServerDomainSocketChannel.class,
                GLibDatagramChannel.class,
                path -> new DomainSocketAddress(path.toFile()),
                Optional.of(GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE));
    }

    /** The name on the command line. */
    public String id() {
        return id;
    }

    public static Transport byId(String id) {
        return Arrays.stream(values())
                .filter(transport -> transport.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown transport '" + id + "', known: "
                        + Arrays.stream(values()).map(Transport::id).collect(Collectors.joining(", "))));
    }

    /** What a loop of Netty's own, such as {@code ManualIoEventLoop}, needs to run on this transport. */
    public IoHandlerFactory ioHandlerFactory() {
        return ioHandlerFactory.get();
    }

    Channels channels() {
        return channels.get();
    }

    /** A group of one loop with a thread of its own, named {@link #LOOP_THREAD}. */
    public EventLoopGroup newGroup() {
        return newGroup(new DefaultThreadFactory(LOOP_THREAD));
    }

    private EventLoopGroup newGroup(ThreadFactory threads) {
        return loopOptions()
                .<EventLoopGroup>map(options -> new GLibEventLoopGroup(1, threads, options))
                .orElseGet(() -> new MultiThreadIoEventLoopGroup(1, threads, ioHandlerFactory()));
    }

    /** What a group on GLib's main loop is made with, also one that is attached to the main loop of somebody else; or empty. */
    Optional<GLibLoopOptions> loopOptions() {
        return Optional.ofNullable(backend).map(Transport::options);
    }
}

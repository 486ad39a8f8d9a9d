package org.nettyglib.benchmarks.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.loop.GLibBackend;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.GLibIoHandler;

/** What the benchmarks compare inside Netty. The classes of a transport are loaded only when it is used. */
public enum Transport {
    EPOLL("epoll") {
        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return EpollIoHandler.newFactory();
        }

        @Override
        public Class<? extends ServerChannel> serverChannel() {
            return EpollServerSocketChannel.class;
        }
    },
    NIO("nio") {
        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return NioIoHandler.newFactory();
        }

        @Override
        public Class<? extends ServerChannel> serverChannel() {
            return NioServerSocketChannel.class;
        }
    },
    GLIB_EPOLL_SET("glib-epoll-set") {
        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return GLibIoHandler.newFactory(GLibBackend.EPOLL_SET);
        }

        @Override
        EventLoopGroup newGroup(ThreadFactory threads) {
            return new GLibEventLoopGroup(1, threads, GLibBackend.EPOLL_SET);
        }

        @Override
        public Class<? extends ServerChannel> serverChannel() {
            return GLibServerSocketChannel.class;
        }
    },
    GLIB_SOURCE_PER_FD("glib-source-per-fd") {
        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return GLibIoHandler.newFactory(GLibBackend.SOURCE_PER_FD);
        }

        @Override
        EventLoopGroup newGroup(ThreadFactory threads) {
            return new GLibEventLoopGroup(1, threads, GLibBackend.SOURCE_PER_FD);
        }

        @Override
        public Class<? extends ServerChannel> serverChannel() {
            return GLibServerSocketChannel.class;
        }
    };

    /** The start of the loop thread's name, short enough to be whole in {@code /proc/PID/task/TID/comm}. */
    public static final String LOOP_THREAD = "bench-loop";

    private final String id;

    Transport(String id) {
        this.id = id;
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
    public abstract IoHandlerFactory ioHandlerFactory();

    public abstract Class<? extends ServerChannel> serverChannel();

    /** A group of one loop with a thread of its own, named {@link #LOOP_THREAD}. */
    public EventLoopGroup newGroup() {
        return newGroup(new DefaultThreadFactory(LOOP_THREAD));
    }

    EventLoopGroup newGroup(ThreadFactory threads) {
        return new MultiThreadIoEventLoopGroup(1, threads, ioHandlerFactory());
    }
}

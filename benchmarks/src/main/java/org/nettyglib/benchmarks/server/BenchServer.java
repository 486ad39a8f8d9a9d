package org.nettyglib.benchmarks.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** What the servers share: how they bind, how they say that they are ready, and when they end. */
public final class BenchServer {

    /** Where a stream server listens: this word, or else a folder, in which it makes a Unix socket. */
    public static final String TCP = "tcp";

    /** As many as the C peers ask for; the kernel caps it at net.core.somaxconn. */
    private static final int BACKLOG = 4096;

    private BenchServer() {}

    /** Makes the channel that serves. */
    @FunctionalInterface
    interface Binding {
        Channel bind(EventLoopGroup group) throws InterruptedException;
    }

    /** Serves on a loop with a thread of its own, and takes no commands. */
    static void run(Transport transport, Binding binding) throws IOException, InterruptedException {
        run(transport.newGroup(), binding, BenchServer::refuse);
    }

    /** The answer of a server that takes no commands. */
    static String refuse(String command) {
        throw new IllegalArgumentException("unknown command: " + command);
    }

    /**
     * Serves until standard input ends, so that no server outlives the benchmark that started it. The line
     * {@code listening ADDRESS} on standard output says that it is ready; the address is a port of the loopback address, or a
     * path.
     *
     * @param group is shut down at the end
     * @param commands answers each line of standard input with one of standard output
     */
    static void run(EventLoopGroup group, Binding binding, UnaryOperator<String> commands)
            throws IOException, InterruptedException {
        try {
            Channel server = binding.bind(group);
            System.out.println("listening " + describe(server.localAddress()));
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(commands.apply(line));
            }
            server.close().sync();
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }

    /**
     * Serves streams as {@link #run(Transport, Binding)} does.
     *
     * @param where {@link #TCP} or a folder
     */
    static void run(Transport transport, String where, ChannelHandler childInitializer)
            throws IOException, InterruptedException {
        run(
                transport,
                group -> where.equals(TCP)
                        ? bindTcp(transport, group, childInitializer)
                        : bindUnix(transport, group, Path.of(where), childInitializer));
    }

    static Channel bindTcp(Transport transport, EventLoopGroup group, ChannelHandler childInitializer)
            throws InterruptedException {
        return streams(group, childInitializer)
                .channel(transport.channels().tcpServer())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .bind(freePort())
                .sync()
                .channel();
    }

    private static Channel bindUnix(
            Transport transport, EventLoopGroup group, Path folder, ChannelHandler childInitializer)
            throws InterruptedException {
        Path socket = folder.resolve(ProcessHandle.current().pid() + ".socket");
        return streams(group, childInitializer)
                .channel(transport.channels().unixServer())
                .bind(transport.channels().unixAddress().apply(socket))
                .sync()
                .channel();
    }

    private static ServerBootstrap streams(EventLoopGroup group, ChannelHandler childInitializer) {
        return new ServerBootstrap()
                .group(group)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(childInitializer);
    }

    static SocketAddress freePort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static String describe(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                ? Integer.toString(internet.getPort())
                : address.toString();
    }

    /** The load closes its connections as it likes, so a reset is no news; anything else has to be seen. */
    @SuppressWarnings("FutureReturnValueIgnored") // the load sees the connection close
    static void closeOnError(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            cause.printStackTrace();
        }
        context.close();
    }
}

package org.nettyglib.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nettyglib.ffi.AsyncReady;
import org.nettyglib.ffi.PollableSource;
import org.nettyglib.ffi.SourceFuncs;
import org.nettyglib.loop.GLibBackend;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.GLibLoopOptions;

/**
 * A GLib loop for one test, whose clients and servers all live on it. After the test it fails when a descriptor, a GLib
 * source or a buffer was left behind.
 */
public final class ChannelFixture implements AfterEachCallback {
    public static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    static {
        warmUp();
    }

    private final OpenDescriptors descriptors = OpenDescriptors.now();
    private final int sources = SourceFuncs.liveSources();
    private final int pollables = PollableSource.live();
    private final int operations = AsyncReady.pending();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final List<GLibEventLoopGroup> groups = new CopyOnWriteArrayList<>();
    private final GLibEventLoopGroup group = newGroup(GLibBackend.fromProperty());

    /** Some classes open a descriptor for good when they are loaded. */
    private static void warmUp() {
        GLibEventLoopGroup group = new GLibEventLoopGroup(1);
        try {
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(GLibServerSocketChannel.class)
                    .childHandler(new SharedSink())
                    .bind(ANY_PORT)
                    .sync()
                    .channel();
            Peer.connect(server.localAddress()).close();
            new Bootstrap()
                    .group(group)
                    .channel(GLibIOStreamChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(server.localAddress())
                    .sync()
                    .channel()
                    .close()
                    .sync();
        } catch (Exception e) {
            throw new ExceptionInInitializerError(e);
        } finally {
            group.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** One more loop. */
    GLibEventLoopGroup newGroup(GLibBackend backend) {
        GLibEventLoopGroup added = new GLibEventLoopGroup(
                1,
                new DefaultThreadFactory("test-loop"),
                GLibLoopOptions.defaults().backend(backend));
        groups.add(added);
        return added;
    }

    public EventLoop loop() {
        return group.next();
    }

    UnpooledByteBufAllocator allocator() {
        return allocator;
    }

    /** A client of TCP. */
    Bootstrap client(ChannelHandler handler) {
        return client(StreamKind.TCP, handler);
    }

    public Bootstrap client(StreamKind kind, ChannelHandler handler) {
        return new Bootstrap()
                .group(group)
                .channel(kind.channel())
                .option(ChannelOption.ALLOCATOR, allocator)
                .handler(handler);
    }

    /** A server of TCP. */
    ServerBootstrap server(ChannelHandler childHandler) {
        return server(StreamKind.TCP, childHandler);
    }

    public ServerBootstrap server(StreamKind kind, ChannelHandler childHandler) {
        return new ServerBootstrap()
                .group(group)
                .channel(kind.server())
                .option(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childHandler(childHandler);
    }

    /** Binds to a free port of the loopback interface. */
    Channel bind(ServerBootstrap server) throws InterruptedException {
        return bind(StreamKind.TCP, server);
    }

    public Channel bind(StreamKind kind, ServerBootstrap server) throws InterruptedException {
        return channel(server.bind(kind.unusedAddress()));
    }

    /** The channel of a connect or bind that succeeds. */
    public static Channel channel(ChannelFuture future) throws InterruptedException {
        Await.success(future);
        return future.channel();
    }

    /** Waits until no channel is registered, and looks whether the loop forgot everything of them. */
    void assertNoChannelLeft() throws InterruptedException {
        for (GLibEventLoopGroup each : groups) {
            SingleThreadIoEventLoop loop = (SingleThreadIoEventLoop) each.next();
            Await.until(
                    () -> loop.registeredChannels() == 0,
                    () -> "no channel registered, but " + loop.registeredChannels() + " are");
        }
        Await.until(
                () -> SourceFuncs.liveSources() <= sources + groups.size(),
                () -> "one source per loop, but " + groups.size() + " loops have "
                        + (SourceFuncs.liveSources() - sources));
    }

    public void assertIdle() throws InterruptedException, IOException {
        for (GLibEventLoopGroup each : groups) {
            SpinCheck.assertIdle(each.next());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        for (GLibEventLoopGroup each : groups) {
            Await.success(each.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS));
        }
        awaitNoMore(SourceFuncs::liveSources, sources, "GLib sources");
        awaitNoMore(PollableSource::live, pollables, "sources of GIO");
        awaitNoMore(AsyncReady::pending, operations, "operations of GIO");
        ByteBufAllocatorMetric metric = allocator.metric();
        Await.until(
                () -> metric.usedDirectMemory() == 0 && metric.usedHeapMemory() == 0,
                () -> "all buffers released, but " + metric);
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        Await.until(() -> isAllClosed(patience), () -> "all descriptors closed, but not " + openedSince());
    }

    /** What java-gi's objects keep, as a MainLoop does with its context's descriptor, is closed after they are collected. */
    private boolean isAllClosed(long patience) {
        if (openedSince().isEmpty()) {
            return true;
        }
        if (System.nanoTime() - patience > 0) {
            System.gc();
        }
        return false;
    }

    /** Other threads may still have what is given up; and what others had left behind may have gone meanwhile. */
    private static void awaitNoMore(IntSupplier count, int before, String what) throws InterruptedException {
        Await.until(
                () -> count.getAsInt() <= before, () -> before + " " + what + ", but there are " + count.getAsInt());
    }

    private Set<Map.Entry<Integer, String>> openedSince() {
        Set<Map.Entry<Integer, String>> opened =
                new HashSet<>(OpenDescriptors.now().targets().entrySet());
        opened.removeAll(descriptors.targets().entrySet());
        return opened;
    }
}

package org.nettyglib.examples.live;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.Version;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nettyglib.channel.GLibChannelOption;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.examples.live.media.Outlet;
import org.nettyglib.examples.live.media.Picture;
import org.nettyglib.examples.live.media.Stage;
import org.nettyglib.examples.live.web.EventHub;
import org.nettyglib.examples.live.web.FrameHub;
import org.nettyglib.examples.live.web.Report;
import org.nettyglib.examples.live.web.Router;
import org.nettyglib.examples.live.web.SoundHub;
import org.nettyglib.examples.live.web.ThreadLedger;
import org.nettyglib.gstreamer.AppSinkSource;
import org.nettyglib.gstreamer.GStreamer;
import org.nettyglib.gstreamer.GstBusMessage;
import org.nettyglib.gstreamer.GstException;
import org.nettyglib.loop.GLibBackend;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.GLibLoopOptions;

/**
 * The server: one event loop on GLib's default main context, on which the connections, the pipeline's bus, its frames and all timers run.
 * Its methods may be called from any thread but the loop's.
 */
final class LiveServer implements AutoCloseable {

    /**
     * What to serve, and where.
     *
     * @param picture what is to be seen
     * @param bind the host name or address to listen on
     * @param port the port to listen on, 0 for any that is free
     * @param backend how the loop watches its sockets
     */
    record Settings(Picture picture, String bind, int port, GLibBackend backend) {}

    /** Bytes in the kernel beyond which a connection counts as slow: what lies there is old when it is seen. */
    private static final long UNSENT = 128 * 1024;

    private static final long SHUTDOWN_SECONDS = 5;

    private final ThreadLedger ledger = new ThreadLedger();
    private final GLibEventLoopGroup group;
    private final EventLoop loop;
    private final ChannelGroup connections;
    private final FrameHub frames;
    private final SoundHub sound;
    private final Stage stage;
    private final Report report;
    private final EventHub events;
    private final Ticks ticks;

    private @Nullable Channel acceptor;

    private LiveServer(Settings settings) {
        group = new GLibEventLoopGroup(
                new DefaultThreadFactory("glib-loop"),
                GLibLoopOptions.defaults().backend(settings.backend()));
        loop = group.next();
        connections = new DefaultChannelGroup(loop);
        frames = new FrameHub(loop, ledger);
        sound = new SoundHub(loop);
        stage = new Stage(settings.picture(), loop, new ToTheHubs());
        report = new Report(about(settings), stage, frames, ledger, connections);
        events = new EventHub(report);
        ticks = new Ticks(loop, ledger, report, events, frames);
    }

    /**
     * Starts the server and the pipeline.
     *
     * @param settings what to serve, and where
     * @return the running server
     * @throws LiveException if it cannot listen there
     * @throws GstException if there is no such pipeline
     */
    static LiveServer start(Settings settings) {
        GStreamer.init();
        LiveServer server = new LiveServer(settings);
        try {
            server.listen(settings);
            server.onLoop(() -> {
                server.stage.play();
                server.ticks.start();
                return true;
            });
            return server;
        } catch (Throwable e) {
            server.close();
            throw e;
        }
    }

    /** The port it listens on. */
    int port() {
        return acceptor == null ? 0 : ((InetSocketAddress) acceptor.localAddress()).getPort();
    }

    /** How many frames have come out of the pipeline. */
    long frames() {
        return onLoop(frames::frames);
    }

    /** The names of all threads that anything ran on. */
    ThreadLedger ledger() {
        return ledger;
    }

    /** Waits until the server has been closed. */
    void awaitClosed() throws InterruptedException {
        group.terminationFuture().await();
    }

    /** Stops the pipeline, closes all connections and ends the loop. Does nothing the second time. */
    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        try {
            Future<Void> stopped = onLoop(() -> {
                ticks.stop();
                if (acceptor != null) {
                    acceptor.close();
                }
                connections.close();
                return stage.close();
            });
            stopped.awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
            onLoop(() -> {
                frames.close();
                return true;
            });
        } finally {
            group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private void listen(Settings settings) {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(GLibChannelOption.TCP_NOTSENT_LOWAT, UNSENT)
                .handler(new Acceptance())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connections.add(connection);
                        new Router(stage, frames, sound, events, ledger).install(connection.pipeline());
                    }
                })
                .bind(settings.bind(), settings.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new LiveException(whyNotBound(settings, bound.cause()));
        }
        acceptor = bound.channel();
    }

    private static String whyNotBound(Settings settings, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        return reason.contains("in use")
                ? "Port " + settings.port() + " on " + settings.bind()
                        + " is taken by another program. Choose another one with --port, or --port 0 for any that is free."
                : "Cannot listen on " + settings.bind() + " port " + settings.port() + ": " + reason;
    }

    private <T> T onLoop(Callable<T> work) {
        Future<T> done = loop.submit(work).awaitUninterruptibly();
        if (done.isSuccess()) {
            return done.getNow();
        }
        if (done.cause() instanceof RuntimeException e) {
            throw e;
        }
        throw new IllegalStateException(done.cause());
    }

    private static Map<String, Object> about(Settings settings) {
        Version netty = Version.identify().get("netty-transport");
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("netty", netty == null ? "Netty" : "Netty " + netty.artifactVersion());
        about.put("gstreamer", GStreamer.version());
        about.put("java", "Java " + Runtime.version().feature());
        about.put("backend", settings.backend().toString());
        about.put(
                "picture",
                switch (settings.picture()) {
                    case Picture.Test test ->
                        "Test picture " + test.format().width() + "×"
                                + test.format().height();
                    case Picture.File file -> String.valueOf(file.file().getFileName());
                    case Picture.Own own -> own.description();
                });
        return about;
    }

    private final class ToTheHubs implements Outlet {

        @Override
        public void pictures(AppSinkSource.Builder jpegs) {
            frames.show(jpegs);
        }

        @Override
        public void sound(AppSinkSource.Builder samples) {
            sound.play(samples);
        }

        @Override
        public void message(GstBusMessage message) {
            ledger.here(ThreadLedger.Work.BUS);
            events.message(message);
            if (message instanceof GstBusMessage.Error || message instanceof GstBusMessage.EndOfStream) {
                events.report();
            }
        }
    }

    private final class Acceptance extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object connection) {
            ledger.here(ThreadLedger.Work.ACCEPT);
            ctx.fireChannelRead(connection);
        }
    }
}

package org.nettyglib.examples.ingest;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.gstreamer.GStreamer;
import org.nettyglib.loop.GLibEventLoopGroup;

/**
 * Writes what comes in over WebSockets to files. {@code ws://localhost:7050/plain} keeps the bytes as they are; {@code /webm} takes a WebM as it is made
 * live, and makes one of it that knows its length and can be searched. http://localhost:7050 has a page that records in the browser.
 */
public final class IngestServer {

    /** The largest message of a WebSocket that is taken. */
    private static final int LARGEST_FRAME = 1 << 20;

    private IngestServer() {}

    /**
     * Serves until it is killed.
     *
     * @param args the port, 7050 if there is none, and the folder for the files, the current one if there is none
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        int port = args.length == 0 ? 7050 : Integer.parseInt(args[0]);
        Path folder = Path.of(args.length < 2 ? "." : args[1]);
        GStreamer.init();
        GLibEventLoopGroup group = new GLibEventLoopGroup();
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection
                                .pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(8192),
                                        new IngestPage(),
                                        new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                                                .websocketPath("/")
                                                .checkStartsWith(true)
                                                .maxFramePayloadLength(LARGEST_FRAME)
                                                .build()),
                                        new Recorder(folder));
                    }
                })
                .bind(port)
                .sync()
                .channel();
        System.out.println(
                "Records what comes to http://localhost:" + ((InetSocketAddress) server.localAddress()).getPort());
        server.closeFuture().sync();
    }
}

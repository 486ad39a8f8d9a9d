package org.nettyglib.examples.ingest;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.concurrent.Future;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.freedesktop.gstreamer.gst.Element;
import org.nettyglib.gstreamer.AppSrcHandler;
import org.nettyglib.gstreamer.GstPipeline;

/**
 * Gives a new WebSocket a pipeline of its own. The file is complete when the pipeline has come to its end, which it does after the connection
 * was closed: the handler of the appsrc tells it.
 */
final class Recorder extends ChannelInboundHandlerAdapter {

    /** What may wait in front of the pipeline. When it is more, the connection is not read, and its sender has to wait. */
    private static final long MOST_WAITING = 1 << 20;

    private static final AtomicInteger LAST = new AtomicInteger();

    private final Path folder;

    Recorder(Path folder) {
        this.folder = folder;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof HandshakeComplete handshake) {
            Recipe recipe = Recipe.of(handshake.requestUri());
            if (recipe == null) {
                ctx.close();
            } else {
                record(ctx, recipe);
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    private void record(ChannelHandlerContext ctx, Recipe recipe) {
        Path file = folder.resolve("recording-" + LAST.incrementAndGet() + "." + recipe.suffix());
        GstPipeline pipeline = GstPipeline.parse(ctx.channel().eventLoop(), recipe.pipeline());
        pipeline.element("file", Element.class).setProperty("location", file.toString());
        AppSrcHandler in =
                AppSrcHandler.builder(pipeline, "in").maxBytes(MOST_WAITING).build();
        ctx.pipeline().addLast(in);
        pipeline.endOfStream().addListener((Future<Void> end) -> {
            System.out.println(end.isSuccess() ? "Complete: " + file : "Failed: " + file + ": " + end.cause());
            pipeline.close();
            ctx.close();
        });
        pipeline.play();
        ctx.writeAndFlush(new TextWebSocketFrame(file.getFileName().toString()));
    }

    /** What is thrown here is that the other side has gone. The pipeline does not hear of it: what has come makes a file, too. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}

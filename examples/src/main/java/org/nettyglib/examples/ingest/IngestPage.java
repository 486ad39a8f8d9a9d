package org.nettyglib.examples.ingest;

import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The page that records. What asks for a WebSocket is for the next handler. */
final class IngestPage extends ChannelInboundHandlerAdapter {

    private static final byte[] PAGE = page();

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof FullHttpRequest request && !request.headers().contains(HttpHeaderNames.UPGRADE)) {
            FullHttpResponse response = new DefaultFullHttpResponse(HTTP_1_1, OK, Unpooled.wrappedBuffer(PAGE));
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
            HttpUtil.setContentLength(response, PAGE.length);
            request.release();
            ctx.writeAndFlush(response);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private static byte[] page() {
        try (InputStream file = IngestPage.class.getResourceAsStream("/ingest/index.html")) {
            return Objects.requireNonNull(file, "ingest/index.html").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

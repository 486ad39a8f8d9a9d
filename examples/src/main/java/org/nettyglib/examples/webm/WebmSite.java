package org.nettyglib.examples.webm;

import static io.netty.handler.codec.http.HttpHeaderNames.CACHE_CONTROL;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderValues.NO_STORE;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.nettyglib.gstreamer.AppSinkSource;

/** The page, and {@code /live.webm}, which does not end. */
final class WebmSite extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final byte[] PAGE = page();

    private final AppSinkSource webm;

    WebmSite(AppSinkSource webm) {
        this.webm = webm;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        switch (request.uri()) {
            case "/" -> answer(ctx, OK, "text/html; charset=utf-8", Unpooled.wrappedBuffer(PAGE));
            case "/live.webm" -> live(ctx);
            default ->
                answer(
                        ctx,
                        NOT_FOUND,
                        "text/plain",
                        Unpooled.copiedBuffer("There is nothing here.\n", StandardCharsets.US_ASCII));
        }
    }

    /** After the head of the answer the source writes to this channel, for as long as it is open. */
    private void live(ChannelHandlerContext ctx) {
        HttpResponse head = new DefaultHttpResponse(HTTP_1_1, OK);
        head.headers().set(CONTENT_TYPE, "video/webm").set(CACHE_CONTROL, NO_STORE);
        HttpUtil.setTransferEncodingChunked(head, true);
        ctx.writeAndFlush(head);
        webm.add(ctx.channel());
    }

    /** What is thrown here is that the browser has gone. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private static void answer(ChannelHandlerContext ctx, HttpResponseStatus status, String type, ByteBuf content) {
        FullHttpResponse response = new DefaultFullHttpResponse(HTTP_1_1, status, content);
        response.headers().set(CONTENT_TYPE, type);
        HttpUtil.setContentLength(response, content.readableBytes());
        ctx.writeAndFlush(response);
    }

    private static byte[] page() {
        try (InputStream file = WebmSite.class.getResourceAsStream("/webm/index.html")) {
            return Objects.requireNonNull(file, "webm/index.html").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

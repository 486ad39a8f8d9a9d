package org.nettyglib.examples.live.web;

import static io.netty.handler.codec.http.HttpHeaderNames.CACHE_CONTROL;
import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;
import static io.netty.handler.codec.http.HttpHeaderValues.NO_STORE;
import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.FORBIDDEN;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;
import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.nettyglib.examples.live.media.Stage;

/**
 * Answers a request: the page's files, {@code /stream} with the moving picture, {@code /frame.jpg} with the last one, and the WebSockets
 * {@code /events} and {@code /sound}.
 */
public final class Router extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(Router.class);

    /** Nothing that is sent here is longer. */
    private static final int LONGEST_REQUEST = 8192;

    private static final int LONGEST_NAME = 24;

    private static final PageFiles FILES = new PageFiles();

    private final Stage stage;
    private final FrameHub frames;
    private final SoundHub sound;
    private final EventHub events;
    private final ThreadLedger ledger;

    /**
     * Creates the handler of one connection.
     *
     * @param stage what the buttons change
     * @param frames where the pictures come from
     * @param sound where the sound comes from
     * @param events what pages are told
     * @param ledger where the thread is noted
     */
    public Router(Stage stage, FrameHub frames, SoundHub sound, EventHub events, ThreadLedger ledger) {
        this.stage = stage;
        this.frames = frames;
        this.sound = sound;
        this.events = events;
        this.ledger = ledger;
    }

    /**
     * Makes a new connection speak HTTP.
     *
     * @param pipeline of the connection
     */
    public void install(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpServerCodec(), new HttpObjectAggregator(LONGEST_REQUEST), this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        ledger.here(ThreadLedger.Work.HTTP);
        if (request.decoderResult().isFailure()) {
            answer(ctx, request, text(BAD_REQUEST, "This is no HTTP request."));
            return;
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            answer(ctx, request, text(METHOD_NOT_ALLOWED, "There is only GET here."));
            return;
        }
        QueryStringDecoder target = new QueryStringDecoder(request.uri());
        switch (target.path()) {
            case "/stream" -> stream(ctx, request, name(target));
            case "/frame.jpg" -> answer(ctx, request, frame());
            case "/events" -> webSocket(ctx, request, new CommandHandler(stage, events, ledger));
            case "/sound" -> webSocket(ctx, request, new Listener(sound));
            default -> answer(ctx, request, file(target.path()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            logger.warn("A connection is closed: its request could not be handled", cause);
        }
        ctx.close();
    }

    /** The connection is a viewer's from here on: raw parts, no HTTP, until one side closes. */
    private void stream(ChannelHandlerContext ctx, HttpRequest request, String name) {
        HttpResponse head = new DefaultHttpResponse(HTTP_1_1, OK);
        head.headers()
                .set(CONTENT_TYPE, "multipart/x-mixed-replace; boundary=" + FrameHub.BOUNDARY)
                .set(CACHE_CONTROL, NO_STORE)
                .set(CONNECTION, CLOSE);
        if (request.method().equals(HttpMethod.HEAD)) {
            ctx.writeAndFlush(head).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        ctx.write(head);
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.remove(HttpObjectAggregator.class);
        pipeline.remove(HttpServerCodec.class);
        ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), "--" + FrameHub.BOUNDARY + "\r\n"));
        pipeline.replace(this, null, new Viewer(name));
        frames.add(ctx.channel());
    }

    private FullHttpResponse frame() {
        ByteBuf jpeg = frames.newestJpeg();
        return jpeg == null ? text(SERVICE_UNAVAILABLE, "There is no picture yet.") : response(OK, "image/jpeg", jpeg);
    }

    private static FullHttpResponse file(String path) {
        PageFiles.PageFile file = FILES.get(path);
        return file == null
                ? text(NOT_FOUND, "There is nothing here.")
                : response(OK, file.type(), Unpooled.wrappedBuffer(file.content()));
    }

    private static void webSocket(ChannelHandlerContext ctx, FullHttpRequest request, ChannelHandler handler) {
        if (!isOwnPage(request)) {
            answer(ctx, request, text(FORBIDDEN, "Only this server's own page may open its WebSockets."));
            return;
        }
        ctx.pipeline()
                .addLast(
                        new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                                .websocketPath(new QueryStringDecoder(request.uri()).path())
                                .checkStartsWith(true)
                                .maxFramePayloadLength(LONGEST_REQUEST)
                                .build()),
                        handler);
        ctx.fireChannelRead(request.retain());
        ctx.pipeline().remove(ctx.handler());
    }

    /** A browser sends the page's origin; a page of another site must not press buttons here. Programs send none. */
    private static boolean isOwnPage(HttpRequest request) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (origin == null) {
            return true;
        }
        try {
            return URI.create(origin)
                    .getRawAuthority()
                    .equalsIgnoreCase(request.headers().get(HttpHeaderNames.HOST));
        } catch (IllegalArgumentException | NullPointerException e) {
            return false;
        }
    }

    /** What the page calls itself, so that it finds itself in the report. */
    private static String name(QueryStringDecoder target) {
        String name = target.parameters().getOrDefault("name", List.of("")).getFirst();
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    private static void answer(ChannelHandlerContext ctx, HttpRequest request, FullHttpResponse response) {
        HttpUtil.setContentLength(response, response.content().readableBytes());
        boolean keepAlive =
                HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
        HttpUtil.setKeepAlive(response, keepAlive);
        FullHttpResponse sent = response;
        if (request.method().equals(HttpMethod.HEAD)) {
            sent = response.replace(Unpooled.EMPTY_BUFFER);
            response.release();
        }
        var written = ctx.writeAndFlush(sent);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static FullHttpResponse text(HttpResponseStatus status, String text) {
        return response(
                status, "text/plain; charset=utf-8", Unpooled.copiedBuffer(text + "\n", StandardCharsets.UTF_8));
    }

    private static FullHttpResponse response(HttpResponseStatus status, String type, ByteBuf content) {
        FullHttpResponse response = new DefaultFullHttpResponse(HTTP_1_1, status, content);
        response.headers()
                .set(CONTENT_TYPE, type)
                .set(CACHE_CONTROL, NO_STORE)
                .set("X-Content-Type-Options", "nosniff")
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                                + "connect-src 'self' ws:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .setInt(CONTENT_LENGTH, 0);
        return response;
    }
}

package org.nettyglib.examples.live.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.nettyglib.examples.live.media.Controls;
import org.nettyglib.examples.live.media.LivePipeline;
import org.nettyglib.examples.live.media.Stage;
import org.nettyglib.gstreamer.GstException;

/**
 * The page's buttons. A command is a word and, after a blank, what belongs to it: {@code play}, {@code pause}, {@code restart}, {@code
 * pattern ball}, {@code text Hello}.
 *
 * <p>They change the pipeline right here, in Netty's handler: it is the thread of GStreamer's main context as well.
 */
final class CommandHandler extends SimpleChannelInboundHandler<TextWebSocketFrame> {

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(CommandHandler.class);

    private final Stage stage;
    private final EventHub events;
    private final ThreadLedger ledger;

    CommandHandler(Stage stage, EventHub events, ThreadLedger ledger) {
        this.stage = stage;
        this.events = events;
        this.ledger = ledger;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
            events.add(ctx.channel());
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
        ledger.here(ThreadLedger.Work.COMMAND);
        String[] parts = frame.text().split(" ", 2);
        try {
            obey(parts[0], parts.length == 2 ? parts[1] : "");
        } catch (Refusal | GstException e) {
            ctx.writeAndFlush(new TextWebSocketFrame(
                    Json.write(Map.of("type", "refused", "text", String.valueOf(e.getMessage())))));
        }
        events.report();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            logger.warn("A connection is closed: its request could not be handled", cause);
        }
        ctx.close();
    }

    private void obey(String command, String argument) {
        LivePipeline pipeline = stage.pipeline();
        switch (command) {
            case "play" -> stage.play();
            case "pause" -> stage.pause();
            case "restart" -> stage.restart();
            case "pattern" -> {
                if (!Controls.PATTERNS.contains(argument)) {
                    throw new Refusal("There is no test pattern \"" + argument + "\".");
                }
                if (pipeline != null) {
                    refuse(pipeline.controls().noPattern());
                    pipeline.controls().pattern(argument);
                }
            }
            case "text" -> {
                if (pipeline != null) {
                    refuse(pipeline.controls().noText());
                    pipeline.controls().text(argument);
                }
            }
            default -> throw new Refusal("There is no command \"" + command + "\".");
        }
    }

    private static void refuse(Optional<String> reason) {
        reason.ifPresent(text -> {
            throw new Refusal(text);
        });
    }

    /** Says in a whole sentence why a button has no effect. */
    private static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Refusal(String message) {
            super(message);
        }
    }
}

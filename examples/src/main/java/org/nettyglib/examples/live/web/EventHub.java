package org.nettyglib.examples.live.web;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nettyglib.gstreamer.GstBusMessage;

/**
 * Tells all open pages what happens.
 *
 * <p>A page that does not read misses what is told meanwhile; the next report has it all again but the messages.
 */
public final class EventHub {

    /** What a page that is opened later can still read. */
    private static final int REMEMBERED = 40;

    /** More messages between two reports are only counted: nobody reads that fast. */
    private static final int MOST_MESSAGES = 40;

    private final Supplier<Map<String, Object>> report;
    private final List<Channel> pages = new ArrayList<>();
    private final Deque<String> past = new ArrayDeque<>();
    private final long start = System.nanoTime();

    private int recentMessages;

    /**
     * Creates a hub without pages.
     *
     * @param report describes everything as it is now
     */
    public EventHub(Supplier<Map<String, Object>> report) {
        this.report = report;
    }

    /** Tells how everything is now. */
    public void report() {
        recentMessages = 0;
        if (!pages.isEmpty()) {
            tell(Json.write(report.get()));
        }
    }

    /**
     * Tells what the pipeline's bus had to say.
     *
     * @param message what it was
     */
    public void message(GstBusMessage message) {
        BusWords.of(message).ifPresent(this::message);
    }

    private void message(BusWords message) {
        if (recentMessages++ == MOST_MESSAGES) {
            message = new BusWords(BusWords.Kind.NOTE, "…", "bus", "There are more messages than can be shown.");
        } else if (recentMessages > MOST_MESSAGES) {
            return;
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", "message");
        event.put("second", Math.round((System.nanoTime() - start) / 1e8) / 10.0);
        event.put("kind", message.kind());
        event.put("name", message.type());
        event.put("source", message.source());
        event.put("text", message.text());
        event.put("thread", Thread.currentThread().getName());
        String json = Json.write(event);
        past.add(json);
        if (past.size() > REMEMBERED) {
            past.remove();
        }
        tell(json);
    }

    int pages() {
        return pages.size();
    }

    /** Tells a new page what it has missed. */
    void add(Channel page) {
        pages.add(page);
        page.closeFuture().addListener(closed -> pages.remove(page));
        past.forEach(event -> page.write(new TextWebSocketFrame(event)));
        page.writeAndFlush(new TextWebSocketFrame(Json.write(report.get())));
    }

    private void tell(String json) {
        for (int i = pages.size() - 1; i >= 0; i--) {
            Channel page = pages.get(i);
            if (page.isWritable()) {
                page.writeAndFlush(new TextWebSocketFrame(json));
            }
        }
    }
}

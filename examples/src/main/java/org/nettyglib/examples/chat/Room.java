package org.nettyglib.examples.chat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is here, each by a connection, and what they are told. A plain map does: one thread serves all connections, and only
 * that thread calls this.
 */
public final class Room {

    private static final int LONGEST_NAME = 20;

    private final Map<Channel, String> people = new LinkedHashMap<>();

    /** An empty room. */
    public Room() {}

    /** {@return the names of those who are here, in the order in which they came} */
    public List<String> people() {
        return List.copyOf(people.values());
    }

    void enter(Channel connection, String wanted) {
        String name = free(wanted.strip());
        people.put(connection, name);
        tell(connection, new Note.You(name));
        tell(new Note.News(name + " has joined"));
        tell(new Note.Present(people()));
    }

    void say(Channel connection, String text) {
        String name = people.get(connection);
        if (name != null && !text.isBlank()) {
            tell(new Note.Said(Instant.now(), name, text.strip()));
        }
    }

    void leave(Channel connection) {
        String name = people.remove(connection);
        if (name != null) {
            tell(new Note.News(name + " has left"));
            tell(new Note.Present(people()));
        }
    }

    /** Sends all away. */
    public void close() {
        for (Channel connection : List.copyOf(people.keySet())) {
            connection
                    .writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void tell(Note note) {
        // A copy: a write that fails may make its guest leave.
        List.copyOf(people.keySet()).forEach(connection -> tell(connection, note));
    }

    private static void tell(Channel connection, Note note) {
        connection.writeAndFlush(new TextWebSocketFrame(note.encode()));
    }

    /** The name that was wanted, with a number if somebody has it already. */
    private String free(String wanted) {
        String name = wanted.isEmpty()
                ? "Guest"
                : wanted.substring(0, Math.min(wanted.length(), LONGEST_NAME)).replaceAll("\\p{Cntrl}", " ");
        String free = name;
        for (int i = 2; people.containsValue(free); i++) {
            free = name + " " + i;
        }
        return free;
    }
}

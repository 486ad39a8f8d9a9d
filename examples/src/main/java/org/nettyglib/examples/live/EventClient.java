package org.nettyglib.examples.live;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The other side of {@code /events}. */
final class EventClient implements WebSocket.Listener, AutoCloseable {

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final Duration patience;

    @SuppressWarnings("NullAway.Init") // set by open, before anything else is called
    private WebSocket socket;

    private EventClient(Duration patience) {
        this.patience = patience;
    }

    static EventClient open(HttpClient http, int port, Duration patience) {
        EventClient client = new EventClient(patience);
        client.socket = http.newWebSocketBuilder()
                .connectTimeout(patience)
                .buildAsync(URI.create("ws://localhost:" + port + "/events"), client)
                .join();
        return client;
    }

    /** Presses a button. What was received before no longer counts. */
    void send(String command) {
        received.clear();
        socket.sendText(command, true).join();
    }

    /**
     * Waits for an event with this text in it.
     *
     * @return the event
     */
    String await(String what, String text) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            String event = received.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new TimeoutException("the page was not told of " + what);
            }
            if (event.contains(text)) {
                return event;
            }
        }
    }

    /** The next event if there is one already. */
    @Nullable String poll() {
        return received.poll();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add(partial.toString());
            partial.setLength(0);
        }
        return WebSocket.Listener.super.onText(webSocket, data, last);
    }

    @Override
    public void close() {
        socket.abort();
    }
}

package org.nettyglib.examples.live;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageIO;
import org.nettyglib.gstreamer.GstException;

/** The demo, tried as a browser would: over HTTP and the WebSocket, from other threads. */
final class LiveCheck implements AutoCloseable {

    private static final int PICTURES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long STILL_MILLIS = 1000;

    private final PrintStream out;
    private final LiveServer server;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final EventClient events;

    private LiveCheck(LiveServer server, PrintStream out) throws InterruptedException {
        this.server = server;
        this.out = out;
        this.events = EventClient.open(http, server.port(), PATIENCE);
    }

    /**
     * Starts a server, tries it and stops it.
     *
     * @return whether all was as it should be; if not, the reason has been printed
     */
    static boolean run(LiveServer.Settings settings, PrintStream out) throws InterruptedException {
        long start = System.nanoTime();
        try {
            try (LiveServer server = LiveServer.start(settings)) {
                out.println("ok    listens on port " + server.port() + ", the pipeline is started");
                try (LiveCheck check = new LiveCheck(server, out)) {
                    check.all();
                }
            }
            out.println("ok    stopped: pipeline, connections, loop");
            out.printf("PASS  in %.1f s%n", (System.nanoTime() - start) / 1e9);
            return true;
        } catch (LiveException | GstException e) {
            out.println("FAIL  " + e.getMessage());
        } catch (TimeoutException e) {
            out.println("FAIL  " + e.getMessage() + " within " + PATIENCE.toSeconds() + " s");
        } catch (IOException e) {
            out.println("FAIL  the connection broke: " + e.getMessage());
        }
        return false;
    }

    @Override
    public void close() {
        events.close();
        http.shutdownNow();
        http.close();
    }

    private void all() throws IOException, InterruptedException, TimeoutException {
        page();
        try (PartReader stream = stream()) {
            picturesChange(stream);
            events.await("the pipeline's state PLAYING", "\"state\":\"PLAYING\"");
            pauseStops();
            playGoesOn(stream);
        }
        oneThread();
    }

    private void page() throws IOException, InterruptedException {
        HttpResponse<String> page = http.send(request("/"), HttpResponse.BodyHandlers.ofString());
        require(page.statusCode() == 200 && page.body().contains("id=\"picture\""), "the page is not the page");
        out.println("ok    the page is served, " + page.body().length() + " characters");
    }

    private PartReader stream() throws IOException, InterruptedException {
        HttpResponse<InputStream> stream = http.send(request("/stream"), HttpResponse.BodyHandlers.ofInputStream());
        String type = stream.headers().firstValue("content-type").orElse("");
        require(
                stream.statusCode() == 200 && type.startsWith("multipart/x-mixed-replace"),
                "/stream is no stream of pictures but \"" + type + "\"");
        return new PartReader(stream.body());
    }

    private void picturesChange(PartReader stream) throws IOException, InterruptedException, TimeoutException {
        byte[] first = next(stream);
        BufferedImage picture = decode(first);
        int different = 0;
        for (int i = 1; i < PICTURES; i++) {
            byte[] picked = next(stream);
            decode(picked);
            if (!Arrays.equals(first, picked)) {
                different++;
            }
        }
        require(different > 0, "the picture does not change: " + PICTURES + " frames are the same");
        out.printf(
                "ok    %d frames of %d×%d are JPEGs, %d differ from the first%n",
                PICTURES, picture.getWidth(), picture.getHeight(), different);
    }

    private void pauseStops() throws InterruptedException, TimeoutException {
        events.send("pause");
        events.await("the pipeline's state PAUSED", "\"state\":\"PAUSED\"");
        long before = server.frames();
        Thread.sleep(STILL_MILLIS);
        long more = server.frames() - before;
        require(more == 0, "the picture moves although it is paused: " + more + " more frames");
        out.println("ok    pause by the WebSocket: no frame for " + STILL_MILLIS + " ms");
    }

    private void playGoesOn(PartReader stream) throws IOException, InterruptedException, TimeoutException {
        long before = server.frames();
        events.send("play");
        events.await("the pipeline's state PLAYING", "\"state\":\"PLAYING\"");
        decode(next(stream));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (server.frames() < before + PICTURES) {
            require(System.nanoTime() < deadline, "the picture does not go on after play");
            Thread.sleep(10);
        }
        out.println("ok    play by the WebSocket: the frames go on");
    }

    private void oneThread() {
        Set<String> threads = server.ledger().threads();
        require(threads.size() == 1, "more than one thread was at work: " + threads);
        out.println("ok    HTTP, WebSocket, frames, bus watch and both timers ran on one thread: "
                + threads.iterator().next());
    }

    /** Reading has no time limit of its own. */
    private static byte[] next(PartReader stream) throws IOException, InterruptedException, TimeoutException {
        CompletableFuture<byte[]> picture = new CompletableFuture<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                picture.complete(stream.next());
            } catch (IOException e) {
                picture.completeExceptionally(e);
            }
        });
        try {
            return picture.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            reader.interrupt();
            throw new TimeoutException("no picture came");
        }
    }

    private static BufferedImage decode(byte[] jpeg) throws IOException {
        int last = jpeg.length - 1;
        // Start and end of image, ITU-T T.81 table B.1.
        require(
                last > 3
                        && (jpeg[0] & 0xff) == 0xff
                        && (jpeg[1] & 0xff) == 0xd8
                        && (jpeg[last - 1] & 0xff) == 0xff
                        && (jpeg[last] & 0xff) == 0xd9,
                "a frame of " + jpeg.length + " bytes is no JPEG");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
        require(picture != null, "a frame of " + jpeg.length + " bytes cannot be decoded");
        return picture;
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .timeout(PATIENCE)
                .build();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new LiveException(otherwise);
        }
    }
}

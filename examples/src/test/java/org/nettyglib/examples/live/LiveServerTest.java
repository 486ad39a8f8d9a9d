package org.nettyglib.examples.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.examples.GStreamerElements;
import org.nettyglib.examples.live.media.Picture;
import org.nettyglib.gstreamer.GstMissingElementException;
import org.nettyglib.loop.GLibBackend;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(Await.SECONDS);
    private static final Picture.Format SMALL = new Picture.Format(640, 360, 20);
    private static final Picture TEST_PICTURE = new Picture.Test(SMALL, false);

    private static final Pattern SLOW_HAS_LOST = Pattern.compile("\"name\":\"slow\"[^}]*\"dropped\":[1-9]");

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void picturesCanBeMade() {
        GStreamerElements.assumeTestPicture();
    }

    @AfterEach
    void closeClient() {
        http.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(GLibBackend.class)
    void shouldPassItsOwnCheckOnBothBackends(GLibBackend backend) throws InterruptedException {
        assertThat(LiveCheck.run(settings(TEST_PICTURE, backend), System.out)).isTrue();
    }

    @Test
    void shouldTakeFramesAndNotMemoryFromASlowViewerAndSlowNobody() throws Exception {
        try (LiveServer server = LiveServer.start(settings(TEST_PICTURE));
                EventClient events = EventClient.open(http, server.port(), PATIENCE);
                Socket slow = viewer(server, "slow");
                Socket quick = viewer(server, "quick");
                PartReader pictures = new PartReader(quick.getInputStream())) {
            // The slow one's kernel buffers take some frames before it counts as slow.
            awaitLost(events, pictures);

            // Many more than the kernel's buffers hold: none would come if they had to wait for the slow one.
            int different = 0;
            byte[] last = pictures.next();
            long mostPinned = 0;
            while (different < 100) {
                byte[] next = pictures.next();
                if (!Arrays.equals(last, next)) {
                    different++;
                }
                last = next;
                mostPinned = Math.max(mostPinned, PooledByteBufAllocator.DEFAULT.pinnedDirectMemory());
            }

            assertThat(mostPinned).as("bytes held for viewers").isLessThan(4L * 1024 * 1024);
        }
    }

    @Test
    void shouldServeManyViewersFromOneFrame() throws Exception {
        try (LiveServer server = LiveServer.start(settings(TEST_PICTURE))) {
            Socket[] viewers = new Socket[20];
            for (int i = 0; i < viewers.length; i++) {
                viewers[i] = viewer(server, "v" + i);
            }
            for (Socket viewer : viewers) {
                PartReader pictures = new PartReader(viewer.getInputStream());
                byte[] first = pictures.next();
                // A new viewer is shown the last picture twice, and once more where the next one is late.
                byte[] later = pictures.next();
                for (int i = 0; i < 100 && Arrays.equals(first, later); i++) {
                    later = pictures.next();
                }
                assertThat(Arrays.equals(first, later)).as("the same picture").isFalse();
                viewer.close();
            }
            assertThat(server.ledger().threads()).hasSize(1);
        }
    }

    @Test
    void shouldChangeThePatternByTheWebSocket() throws Exception {
        try (LiveServer server = LiveServer.start(settings(TEST_PICTURE));
                EventClient events = EventClient.open(http, server.port(), PATIENCE);
                Socket viewer = viewer(server, "v");
                PartReader pictures = new PartReader(viewer.getInputStream())) {
            int detailed = pictures.next().length;

            events.send("pattern ball");
            events.await("the pattern", "\"pattern\":\"ball\"");

            int plain = pictures.next().length;
            for (int i = 0; i < 100 && plain > detailed / 2; i++) {
                plain = pictures.next().length;
            }
            assertThat(plain).as("bytes of a plain picture").isLessThan(detailed / 2);
        }
    }

    @Test
    void shouldWriteOnThePictureByTheWebSocket() throws Exception {
        GStreamerElements.assumeInstalled("textoverlay");
        try (LiveServer server = LiveServer.start(settings(TEST_PICTURE));
                EventClient events = EventClient.open(http, server.port(), PATIENCE);
                Socket viewer = viewer(server, "v");
                PartReader pictures = new PartReader(viewer.getInputStream())) {
            // A still picture: what differs afterwards is the text.
            events.send("pattern gradient");
            events.await("the pattern", "\"pattern\":\"gradient\"");
            byte[] still = settled(pictures);

            events.send("text a < b & <i>c</i>");
            events.await("the text", "\"text\":\"a < b & <i>c</i>\"");

            // Pictures of before may still be on their way.
            byte[] written = settled(pictures);
            for (int i = 0; i < 100 && Arrays.equals(still, written); i++) {
                written = settled(pictures);
            }
            assertThat(Arrays.equals(still, written))
                    .as("the same picture with text")
                    .isFalse();
        }
    }

    @Test
    void shouldSayWhyAButtonDoesNothing() throws Exception {
        Picture plain = new Picture.Own("videotestsrc is-live=true ! video/x-raw,width=160,height=120", null);
        try (LiveServer server = LiveServer.start(settings(plain));
                EventClient events = EventClient.open(http, server.port(), PATIENCE)) {
            events.send("text hello");

            assertThat(events.await("the reason", "\"type\":\"refused\"")).contains("textoverlay");

            events.send("nonsense");
            assertThat(events.await("the reason", "\"type\":\"refused\"")).contains("nonsense");
        }
    }

    @Test
    void shouldShowTheEndAndBeginAgain() throws Exception {
        Picture shortOne = new Picture.Own(
                "videotestsrc num-buffers=10 is-live=true ! video/x-raw,width=160,height=120,framerate=20/1", null);
        try (LiveServer server = LiveServer.start(settings(shortOne));
                EventClient events = EventClient.open(http, server.port(), PATIENCE)) {
            events.await("the end", "\"phase\":\"ENDED\"");
            long before = server.frames();

            events.send("restart");
            events.await("the new beginning", "\"phase\":\"PLAYING\"");
            events.await("the second end", "\"phase\":\"ENDED\"");

            assertThat(server.frames()).isGreaterThan(before);
        }
    }

    @Test
    void shouldShowWhyThePipelineFailed() throws Exception {
        Picture broken = new Picture.Own("filesrc location=/nowhere/at/all ! jpegdec", null);
        GStreamerElements.assumeInstalled("jpegdec");
        try (LiveServer server = LiveServer.start(settings(broken));
                EventClient events = EventClient.open(http, server.port(), PATIENCE)) {
            assertThat(events.await("the failure", "\"phase\":\"FAILED\"")).contains("/nowhere/at/all");
        }
    }

    @Test
    void shouldNameTheMissingElement() {
        Picture unknown = new Picture.Own("nosuchelement", null);

        assertThatExceptionOfType(GstMissingElementException.class)
                .isThrownBy(() -> LiveServer.start(settings(unknown)))
                .withMessageContaining("nosuchelement is missing");
    }

    @Test
    void shouldSayThatThePortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            var settings =
                    new LiveServer.Settings(TEST_PICTURE, "localhost", other.getLocalPort(), GLibBackend.EPOLL_SET);

            assertThatExceptionOfType(LiveException.class)
                    .isThrownBy(() -> LiveServer.start(settings))
                    .withMessageContaining("Port " + other.getLocalPort())
                    .withMessageContaining("--port");
        }
    }

    @Test
    void shouldRefuseAWebSocketOfAnotherSite() throws Exception {
        try (LiveServer server = LiveServer.start(settings(TEST_PICTURE));
                Socket socket = new Socket("localhost", server.port())) {
            socket.getOutputStream()
                    .write(("GET /events HTTP/1.1\r\nHost: localhost:" + server.port()
                                    + "\r\nOrigin: http://elsewhere.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 403".length());

            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 403");
        }
    }

    @Test
    void shouldAnswerWhatIsNotThereAndWhatIsNotAllowed() throws Exception {
        try (LiveServer server = LiveServer.start(settings(TEST_PICTURE))) {
            URI root = URI.create("http://localhost:" + server.port() + "/");

            assertThat(status(HttpRequest.newBuilder(root.resolve("/nothing")))).isEqualTo(404);
            assertThat(status(HttpRequest.newBuilder(root).POST(HttpRequest.BodyPublishers.ofString("x"))))
                    .isEqualTo(405);
            assertThat(status(HttpRequest.newBuilder(root).HEAD())).isEqualTo(200);
            assertThat(status(HttpRequest.newBuilder(root.resolve("/stream")).HEAD()))
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldStartAgainAfterItWasClosed() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (LiveServer server = LiveServer.start(settings(TEST_PICTURE));
                    Socket viewer = viewer(server, "v");
                    PartReader pictures = new PartReader(viewer.getInputStream())) {
                assertThat(pictures.next()).isNotEmpty();
            }
        }
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static LiveServer.Settings settings(Picture picture) {
        return settings(picture, GLibBackend.fromProperty());
    }

    private static LiveServer.Settings settings(Picture picture, GLibBackend backend) {
        return new LiveServer.Settings(picture, "localhost", 0, backend);
    }

    private static Socket viewer(LiveServer server, String name) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream()
                .write(("GET /stream?name=" + name + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void awaitLost(EventClient events, PartReader pictures) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Await.SECONDS);
        while (System.nanoTime() < deadline) {
            // The quick one goes on reading meanwhile.
            pictures.next();
            String report = events.poll();
            if (report != null && SLOW_HAS_LOST.matcher(report).find()) {
                return;
            }
        }
        throw new AssertionError("the slow viewer never lost a frame");
    }

    /** The picture when two in a row have been the same. */
    private static byte[] settled(PartReader pictures) throws IOException {
        byte[] last = pictures.next();
        for (int i = 0; i < 100; i++) {
            byte[] next = pictures.next();
            if (i > 5 && Arrays.equals(last, next)) {
                return next;
            }
            last = next;
        }
        throw new AssertionError("the picture does not stand still");
    }
}

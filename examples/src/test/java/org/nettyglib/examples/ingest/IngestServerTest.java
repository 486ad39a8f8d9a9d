package org.nettyglib.examples.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nettyglib.examples.Chromium;
import org.nettyglib.examples.Example;
import org.nettyglib.examples.GStreamerElements;
import org.nettyglib.examples.GstLaunch;
import org.nettyglib.loop.GLibEventLoopGroup;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IngestServerTest {

    /** {@code Cues}, the index of a Matroska file, matroska.org. */
    private static final String CUES = "\u001c\u0053\u00bb\u006b";

    private static final int SIZE = 4_321_987;

    /** How many pictures a browser encodes in a time depends on the machine. */
    private static final String KEEP_WHAT_IS_SENT = """
            (() => {
              const send = WebSocket.prototype.send;
              window.sent = [];
              WebSocket.prototype.send = function (data) {
                window.sent.push(data);
                send.call(this, data);
              };
            })()""";

    private static final String SENT_IN_BASE64 = """
            new Promise((resolve) => {
              const reader = new FileReader();
              reader.onload = () => resolve(reader.result.split(',')[1]);
              reader.readAsDataURL(new Blob(window.sent));
            })""";

    @TempDir
    private Path folder;

    private final EventLoopGroup group = new GLibEventLoopGroup(1);
    private Example server;

    @BeforeEach
    void startTheServer() throws Exception {
        GStreamerElements.assumeInstalled("appsrc", "filesink", "matroskademux", "webmmux");
        server = Example.start(IngestServer.class, "0", folder.toString());
    }

    @AfterEach
    void stopTheServer() throws Exception {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldWriteEachByteThatWasSent() throws Exception {
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        Sender sender = Sender.connect(group, server.port(), "/plain");

        sender.send(bytes);

        assertThat(complete(sender.file())).hasBinaryContent(bytes);
    }

    @Test
    void shouldMakeAFileWithAnIndexOfALiveWebm() throws Exception {
        GstLaunch.assumeInstalled();
        GStreamerElements.assumeInstalled(
                "videotestsrc", "audiotestsrc", "vp8enc", "opusenc", "vp8dec", "opusdec", "audioconvert");
        Path live = folder.resolve("live.webm");
        GstLaunch.play("webmmux name=mux streamable=true ! filesink location=" + live
                + " videotestsrc num-buffers=75 ! video/x-raw,width=160,height=90,framerate=25/1"
                + " ! vp8enc deadline=1 cpu-used=8 keyframe-max-dist=25 ! queue ! mux."
                + " audiotestsrc num-buffers=130 ! audioconvert ! opusenc ! queue ! mux.");
        byte[] bytes = Files.readAllBytes(live);
        assertThat(text(bytes)).doesNotContain(CUES);
        Sender sender = Sender.connect(group, server.port(), "/webm");

        sender.send(bytes);

        Path file = complete(sender.file());
        assertThat(text(Files.readAllBytes(file))).contains(CUES);
        assertThat(pictures(file)).isEqualTo(75);
    }

    @Test
    void shouldWriteWhatABrowserRecords() throws Exception {
        GstLaunch.assumeInstalled();
        GStreamerElements.assumeInstalled("vp8dec", "opusdec");
        try (Chromium browser = Chromium.start()) {
            browser.open("http://127.0.0.1:" + server.port() + "/");
            browser.evaluate(KEEP_WHAT_IS_SENT);
            browser.evaluate("document.getElementById('record').click()");
            browser.await("parseInt(document.getElementById('state').textContent.split(': ')[1]) > 20000");
            String name = browser.evaluate("document.getElementById('state').textContent.split(':')[0]");
            browser.evaluate("document.getElementById('record').click()");

            Path file = complete(name);
            Path sent = Files.write(
                    folder.resolve("sent.webm"), Base64.getDecoder().decode(browser.evaluate(SENT_IN_BASE64)));
            assertThat(pictures(file)).isPositive().isEqualTo(pictures(sent));
        }
    }

    /** A file is complete when the pipeline says so, some time after the connection was closed. */
    private Path complete(String name) throws InterruptedException {
        Path file = folder.resolve(name);
        server.awaitOutput(Pattern.compile("Complete: " + Pattern.quote(file.toString())));
        return file;
    }

    private static long pictures(Path file) throws Exception {
        return GstLaunch.count(
                "filesrc location=" + file + " ! matroskademux name=streams"
                        + " streams.video_0 ! queue ! vp8dec ! fakesink name=pictures silent=false"
                        + " streams.audio_0 ! queue ! opusdec ! fakesink",
                "pictures");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

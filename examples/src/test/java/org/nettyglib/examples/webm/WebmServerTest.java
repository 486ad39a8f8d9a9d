package org.nettyglib.examples.webm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nettyglib.channel.Program;
import org.nettyglib.examples.Chromium;
import org.nettyglib.examples.Example;
import org.nettyglib.examples.GStreamerElements;
import org.nettyglib.examples.GstLaunch;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebmServerTest {

    /** {@code EBML}, matroska.org. */
    private static final byte[] MAGIC = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3};

    /** What the header is in. */
    private static final int SOME_BYTES = 10_000;

    private static final String VIDEO = "document.getElementById('video')";

    private static Example server;
    private static String stream;

    @BeforeAll
    static void startTheServer() throws Exception {
        GStreamerElements.assumeInstalled(
                "videotestsrc", "vp8enc", "webmmux", "audiotestsrc", "audioconvert", "audioresample", "opusenc");
        server = Example.start(WebmServer.class, "0");
        stream = "http://127.0.0.1:" + server.port() + "/live.webm";
    }

    @AfterAll
    static void stopTheServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldPlayInGStreamerForWhoCameFirstAndForWhoCameLater() throws Exception {
        GstLaunch.assumeInstalled();
        GStreamerElements.assumeInstalled("souphttpsrc", "matroskademux", "vp8dec", "opusdec");
        String player = "souphttpsrc location=" + stream + " ! matroskademux name=streams"
                + " streams.video_0 ! queue ! vp8dec ! fakesink name=pictures silent=false"
                + " streams.audio_0 ! queue ! opusdec ! fakesink name=sound silent=false";
        try (Program first = GstLaunch.start(player)) {
            GstLaunch.awaitFrames(first, 25, "pictures", "sound");

            // Now the stream is seconds old: its header comes from the caps, and a cluster begins with a key frame.
            try (Program second = GstLaunch.start(player)) {
                GstLaunch.awaitFrames(second, 25, "pictures", "sound");
                GstLaunch.awaitFrames(first, 75, "pictures", "sound");
            }
        }
    }

    @Test
    void shouldBeAFileWhenCurlHasTakenAPart(@TempDir Path folder) throws Exception {
        GstLaunch.assumeInstalled();
        Program.assumeInstalled("curl", "curl");
        GStreamerElements.assumeInstalled("matroskademux", "vp8dec");
        Path file = folder.resolve("part.webm");

        try (Program curl = Program.start("curl", "--silent", "--no-buffer", stream)) {
            curl.awaitOutput(SOME_BYTES);
            do {
                // How long it takes to encode and to send that many is the machine's affair.
                Files.write(file, curl.output());
            } while (pictures(file) <= 25);

            assertThat(curl.output()).startsWith(MAGIC);
            curl.awaitOutput(curl.output().length + 1);
        }
    }

    private static long pictures(Path file) throws Exception {
        return GstLaunch.count(
                "filesrc location=" + file + " ! matroskademux ! vp8dec ! fakesink name=pictures silent=false",
                "pictures");
    }

    @Test
    void shouldPlayInABrowserWithSound() throws Exception {
        try (Chromium browser = Chromium.start()) {
            browser.open("http://127.0.0.1:" + server.port() + "/");
            browser.await(VIDEO + ".videoWidth === 640 && " + VIDEO + ".currentTime > 0");
            double time = Double.parseDouble(browser.evaluate(VIDEO + ".currentTime"));

            browser.await(VIDEO + ".currentTime > " + (time + 1));
            browser.await(VIDEO + ".webkitAudioDecodedByteCount > 0");
            browser.await(VIDEO + ".getVideoPlaybackQuality().totalVideoFrames > 20");
            assertThat(browser.evaluate("String(" + VIDEO + ".error)")).isEqualTo("null");
        }
    }
}

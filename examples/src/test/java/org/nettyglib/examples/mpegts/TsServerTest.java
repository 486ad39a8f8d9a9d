package org.nettyglib.examples.mpegts;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.channel.Program;
import org.nettyglib.examples.Example;
import org.nettyglib.examples.GStreamerElements;
import org.nettyglib.examples.GstLaunch;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TsServerTest {

    @Test
    void shouldPlayInGStreamerForWhoCameFirstAndForWhoCameLater() throws Exception {
        GstLaunch.assumeInstalled();
        GStreamerElements.assumeInstalled(
                "videotestsrc", "openh264enc", "openh264dec", "h264parse", "mpegtsmux", "tsdemux", "tcpclientsrc");
        try (Example server = Example.start(TsServer.class, "0")) {
            String player = "tcpclientsrc host=127.0.0.1 port=" + server.port()
                    + " ! tsdemux ! h264parse ! openh264dec ! fakesink num-buffers=25";
            GstLaunch.play(player);

            try (Program second = GstLaunch.start(player);
                    Program third = GstLaunch.start(player)) {
                second.awaitSuccess();
                third.awaitSuccess();
            }
        }
    }
}

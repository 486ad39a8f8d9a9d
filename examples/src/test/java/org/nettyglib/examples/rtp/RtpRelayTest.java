package org.nettyglib.examples.rtp;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.channel.Program;
import org.nettyglib.examples.Example;
import org.nettyglib.examples.GStreamerElements;
import org.nettyglib.examples.GstLaunch;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RtpRelayTest {

    private static final String SENDER = "videotestsrc is-live=true ! video/x-raw,width=320,height=180,framerate=25/1"
            + " ! vp8enc deadline=1 cpu-used=8 keyframe-max-dist=25 ! rtpvp8pay ! udpsink host=127.0.0.1 port=";

    @Test
    void shouldReachAllReceiversAlsoOneThatStartsLater() throws Exception {
        GstLaunch.assumeInstalled();
        GStreamerElements.assumeInstalled(
                "videotestsrc", "vp8enc", "vp8dec", "rtpvp8pay", "rtpvp8depay", "rtpjitterbuffer", "udpsrc", "udpsink");
        int[] ports = freePorts();
        int first = ports[0];
        int second = ports[1];
        try (Example relay = Example.start(RtpRelay.class, "0", "127.0.0.1:" + first, "127.0.0.1:" + second);
                Program receiver = GstLaunch.start(receiver(first));
                Program sender = GstLaunch.start(SENDER + relay.port())) {
            receiver.awaitSuccess();

            // Up to now each packet to it was refused.
            GstLaunch.play(receiver(second));
            GstLaunch.play(receiver(first));
        }
    }

    private static String receiver(int port) {
        return "udpsrc address=127.0.0.1 port=" + port
                + " caps=application/x-rtp,media=video,encoding-name=VP8,clock-rate=90000"
                + " ! rtpvp8depay ! vp8dec ! fakesink num-buffers=25";
    }

    /** Two that are not the same. Nobody can ask gst-launch-1.0 which port it has got. */
    private static int[] freePorts() throws IOException {
        InetAddress here = InetAddress.getByName("127.0.0.1");
        try (DatagramSocket one = new DatagramSocket(0, here);
                DatagramSocket other = new DatagramSocket(0, here)) {
            return new int[] {one.getLocalPort(), other.getLocalPort()};
        }
    }
}

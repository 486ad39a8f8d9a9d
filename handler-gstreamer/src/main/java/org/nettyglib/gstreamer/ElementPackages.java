package org.nettyglib.gstreamer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where elements come from. Debian's names, which are Ubuntu's, too. */
final class ElementPackages {
    private static final Map<String, String> PACKAGES = new HashMap<>();

    static {
        put(
                "libgstreamer1.0-0",
                "capsfilter concat downloadbuffer fakesink fakesrc fdsink fdsrc filesink filesrc funnel identity input-selector"
                        + " multiqueue output-selector queue queue2 tee typefind valve");
        put(
                "gstreamer1.0-plugins-base",
                "adder appsink appsrc audioconvert audiomixer audiorate audioresample audiotestsrc compositor decodebin"
                        + " decodebin3 encodebin giosink giosrc giostreamsink giostreamsrc gldownload glimagesink glupload multifdsink"
                        + " multisocketsink oggdemux oggmux opusdec opusenc parsebin playbin playbin3 rawaudioparse rawvideoparse"
                        + " socketsrc subparse tcpclientsink tcpclientsrc tcpserversink tcpserversrc theoradec theoraenc uridecodebin"
                        + " uridecodebin3 urisourcebin videoconvert videoconvertscale videorate videoscale videotestsrc volume"
                        + " vorbisdec vorbisenc xvimagesink ximagesink");
        // Debian keeps apart from the base plug-ins what needs Pango or ALSA.
        put("gstreamer1.0-x", "clockoverlay textoverlay textrender timeoverlay");
        put("gstreamer1.0-alsa", "alsasink alsasrc");
        put(
                "gstreamer1.0-plugins-good",
                "autoaudiosink autoaudiosrc autovideosink autovideosrc avidemux avimux deinterlace dvdec flacdec flacenc flvdemux"
                        + " flvmux gamma gdkpixbufdec imagefreeze jpegdec jpegenc lamemp3enc level matroskademux matroskamux mp4mux"
                        + " mpg123audiodec multifilesink multifilesrc multipartdemux multipartmux pngdec pngenc qtdemux qtmux rtpbin"
                        + " rtph264depay rtph264pay rtpjitterbuffer rtpjpegdepay rtpjpegpay rtpopusdepay rtpopuspay rtpvp8depay"
                        + " rtpvp8pay rtpvp9depay rtpvp9pay rtspsrc souphttpsrc spectrum splitmuxsink splitmuxsrc udpsink udpsrc"
                        + " v4l2sink v4l2src videobalance videobox videocrop videoflip videomixer vp8dec vp8enc vp9dec vp9enc wavenc"
                        + " wavpackenc wavparse webmmux ximagesrc");
        put("gstreamer1.0-pulseaudio", "pulsesink pulsesrc");
        put("gstreamer1.0-gtk3", "gtksink gtkglsink");
        put("gstreamer1.0-pipewire", "pipewiresink pipewiresrc");
        put(
                "gstreamer1.0-plugins-bad",
                "av1parse dashsink dtlsdec dtlsenc errorignore faac faad fakeaudiosink fakevideosink fdkaacdec fdkaacenc h264parse"
                        + " h265parse hlsdemux hlssink hlssink2 interaudiosink interaudiosrc intervideosink intervideosrc kmssink"
                        + " mpegtsmux mpegvideoparse openh264dec openh264enc proxysink proxysrc rtmpsink rtmpsrc rtmp2sink rtmp2src"
                        + " rtponviftimestamp sctpenc shmsink shmsrc srtpdec srtpenc srtsink srtsrc svtav1enc testsrcbin tsdemux tsparse"
                        + " vah264dec vah264enc waylandsink webrtcbin webrtcdsp x265enc");
        put("gstreamer1.0-nice", "nicesink nicesrc");
        put("gstreamer1.0-plugins-ugly", "a52dec asfdemux dvdreadsrc mpeg2dec x264enc");
        put("gstreamer1.0-libav", "avdec_aac avdec_h264 avdec_h265 avenc_aac avenc_h264_omx avenc_mpeg4");
        put("gstreamer1.0-vaapi", "vaapih264dec vaapih264enc vaapipostproc vaapisink");
    }

    private ElementPackages() {}

    private static void put(String debianPackage, String elements) {
        for (String element : elements.split(" ", -1)) {
            PACKAGES.put(element, debianPackage);
        }
    }

    /** What to do about elements that are missing, in a sentence for each package. */
    static String describeMissing(List<String> elements) {
        Map<String, List<String>> byPackage = elements.stream()
                .distinct()
                .sorted()
                .collect(Collectors.groupingBy(element -> PACKAGES.getOrDefault(element, "")));
        return byPackage.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> describe(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(". "));
    }

    private static String describe(String debianPackage, List<String> elements) {
        String subject = elements.size() == 1
                ? "the GStreamer element " + elements.getFirst() + " is missing"
                : "the GStreamer elements " + String.join(", ", elements) + " are missing";
        return debianPackage.isEmpty()
                ? subject + ": is the name right? \"gst-inspect-1.0\" lists what is installed, \"apt-file search\" may"
                        + " name a package that has it"
                : subject + ", which Debian and Ubuntu have in " + debianPackage + ": sudo apt install "
                        + debianPackage;
    }
}

package org.nettyglib.examples.live.media;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.GStreamer;
import org.nettyglib.gstreamer.GstPipeline;

/** Builds the GStreamer pipeline for a picture. */
final class PipelineFactory {

    static final String FRAMES = "netty-frames";
    static final String SOUND = "netty-sound";

    /** In the page's colours; the numbers of the zone plate make it round, of few rings, and slowly moving. */
    private static final String TEST_PICTURE =
            "videotestsrc is-live=true foreground-color=0xff5eead4 background-color=0xff0d1620" + " kx2=16 ky2=9 kt=2";

    /** The loop takes the newest frame and never holds up the streaming thread. */
    private static final String ENCODER =
            "videoconvert ! jpegenc quality=80 ! appsink name=" + FRAMES + " max-buffers=1 drop=true sync=true";

    private static final String LISTENER = "audioconvert ! audioresample ! audio/x-raw,format=S16LE,channels=1,rate="
            + LivePipeline.SOUND_RATE + " ! appsink name=" + SOUND + " max-buffers=8 drop=true sync=true";

    private PipelineFactory() {}

    static GstPipeline create(Picture picture, EventLoop loop) {
        GStreamer.requireElements("videoconvert", "jpegenc", "appsink");
        return GstPipeline.parse(
                loop,
                switch (picture) {
                    case Picture.Test test -> test(test);
                    case Picture.Own own -> own.description() + " ! " + scaler(own.format()) + ENCODER;
                    case Picture.File file -> file(file);
                });
    }

    private static String test(Picture.Test picture) {
        List<String> chain = new ArrayList<>(List.of(
                TEST_PICTURE + " pattern=" + Controls.FIRST_PATTERN,
                picture.format().caps()));
        // Not being able to write on the picture is no reason to have none.
        if (GStreamer.hasElement("textoverlay")) {
            chain.add("textoverlay valignment=bottom halignment=left shaded-background=true font-desc=\"Sans 18\"");
        }
        chain.add(ENCODER);
        String sound = "  audiotestsrc is-live=true wave=ticks freq=880 volume=0.4 samplesperbuffer=1024 ! " + LISTENER;
        return String.join(" ! ", chain) + (picture.sound() ? sound : "");
    }

    /** A playbin finds out by itself what is in the file, and copes with one that has no sound. */
    private static String file(Picture.File picture) {
        String player = "playbin uri=\"" + picture.file().toUri() + "\" video-sink=\"" + scaler(picture.format())
                + ENCODER + "\" flags=video";
        return picture.sound() ? player + "+audio+soft-volume audio-sink=\"" + LISTENER + '"' : player;
    }

    private static String scaler(Picture.@Nullable Format format) {
        return format == null
                ? ""
                : "videorate ! videoconvert ! videoscale add-borders=true ! " + format.caps() + " ! ";
    }
}

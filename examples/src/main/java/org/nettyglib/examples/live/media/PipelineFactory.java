package org.nettyglib.examples.live.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.freedesktop.gstreamer.gst.Bin;
import org.freedesktop.gstreamer.gst.Element;
import org.freedesktop.gstreamer.gst.ElementFactory;
import org.freedesktop.gstreamer.gst.Gst;
import org.freedesktop.gstreamer.gst.Pipeline;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;

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

    /**
     * A pipeline and what has to be known of its inside.
     *
     * @param pipeline the whole, of which only what every element has is used
     * @param frames the appsink with the pictures
     * @param sound the appsink with the sound, where there is one
     * @param controls what can be turned
     */
    record Parts(Element pipeline, Element frames, @Nullable Element sound, Controls controls) {

        static Parts of(Pipeline pipeline, String pattern) {
            return new Parts(
                    pipeline, sink(pipeline, FRAMES), pipeline.getByName(SOUND), new Controls(pipeline, pattern));
        }
    }

    static Parts create(Picture picture) {
        Requirements.require("videoconvert", "jpegenc", "appsink");
        return switch (picture) {
            case Picture.Test test -> test(test);
            case Picture.Own own -> own(own);
            case Picture.File file -> file(file);
        };
    }

    private static Parts test(Picture.Test picture) {
        Requirements.require("videotestsrc");
        List<String> chain = new ArrayList<>(List.of(
                TEST_PICTURE + " pattern=" + Controls.FIRST_PATTERN,
                picture.format().caps()));
        overlay().ifPresent(chain::add);
        chain.add(ENCODER);
        String description = String.join(" ! ", chain);
        if (picture.sound()) {
            Requirements.require("audiotestsrc", "audioconvert", "audioresample");
            description +=
                    "  audiotestsrc is-live=true wave=ticks freq=880 volume=0.4 samplesperbuffer=1024 ! " + LISTENER;
        }
        return parse(description, Controls.FIRST_PATTERN);
    }

    private static Parts own(Picture.Own picture) {
        return parse(picture.description() + " ! " + scaler(picture.format()) + ENCODER, "");
    }

    /** A playbin finds out by itself what is in the file, and copes with one that has no sound. */
    private static Parts file(Picture.File picture) {
        Requirements.require("playbin");
        Element player = ElementFactory.make("playbin", "player");
        if (player == null) {
            throw new MediaException(Requirements.missing("playbin"));
        }
        // Without a textoverlay: a bin shows the outside one unlinked pad, which might be the overlay's for subtitles.
        Bin video = bin(scaler(picture.format()) + ENCODER);
        Bin audio = null;
        player.setProperty("uri", picture.file().toUri().toString());
        player.setProperty("video-sink", video);
        if (picture.sound()) {
            Requirements.require("audioconvert", "audioresample");
            audio = bin(LISTENER);
            player.setProperty("audio-sink", audio);
        }
        Gst.utilSetObjectArg(player, "flags", audio == null ? "video" : "video+audio+soft-volume");
        return new Parts(
                player, sink(video, FRAMES), audio == null ? null : sink(audio, SOUND), new Controls(video, ""));
    }

    private static Element sink(Bin bin, String name) {
        Element sink = bin.getByName(name);
        if (sink == null) {
            throw new MediaException("The pipeline has lost its appsink " + name);
        }
        return sink;
    }

    /** Not being able to write on the picture is no reason to have none. */
    private static Optional<String> overlay() {
        return Requirements.present("textoverlay")
                ? Optional.of(
                        "textoverlay valignment=bottom halignment=left shaded-background=true font-desc=\"Sans 18\"")
                : Optional.empty();
    }

    private static String scaler(Picture.@Nullable Format format) {
        if (format == null) {
            return "";
        }
        Requirements.require("videoscale", "videorate");
        return "videorate ! videoconvert ! videoscale add-borders=true ! " + format.caps() + " ! ";
    }

    private static Parts parse(String description, String pattern) {
        try {
            Element parsed = Gst.parseLaunch(description);
            if (parsed instanceof Pipeline pipeline) {
                return Parts.of(pipeline, pattern);
            }
            throw new MediaException("This is no pipeline: " + description);
        } catch (GErrorException e) {
            throw explain(e, description);
        }
    }

    private static Bin bin(String description) {
        try {
            return Gst.parseBinFromDescription(description, true);
        } catch (GErrorException e) {
            throw explain(e, description);
        }
    }

    private static MediaException explain(GErrorException error, String description) {
        String reason = String.valueOf(error.getMessage());
        return new MediaException(Requirements.missingElement(reason)
                .map(Requirements::missing)
                .orElse("GStreamer does not understand the pipeline: " + reason + "\nThe whole of it: " + description));
    }
}

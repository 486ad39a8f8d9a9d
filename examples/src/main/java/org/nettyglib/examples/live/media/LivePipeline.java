package org.nettyglib.examples.live.media;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.nettyglib.gstreamer.AppSinkSource;
import org.nettyglib.gstreamer.GstPipeline;

/** A running pipeline. To be used on its event loop's thread only. */
public final class LivePipeline {

    /** Samples of sound per second. */
    public static final int SOUND_RATE = 24_000;

    private static final double SECOND = 1e9;

    private final GstPipeline pipeline;
    private final Controls controls;
    private final Outlet outlet;

    private boolean preparing;
    private boolean connected;
    private boolean wanted;

    private LivePipeline(GstPipeline pipeline, String pattern, Outlet outlet) {
        this.pipeline = pipeline;
        this.controls = new Controls(pipeline, pattern);
        this.outlet = outlet;
        pipeline.addListener(outlet::message);
    }

    /**
     * Builds the pipeline for a picture; {@link #play()} starts it.
     *
     * @param picture what is to be seen
     * @param loop the event loop whose thread this is
     * @param outlet takes frames, sound and messages
     * @return the pipeline
     * @throws org.nettyglib.gstreamer.GstException if it cannot be built: says what is missing
     */
    public static LivePipeline open(Picture picture, EventLoop loop, Outlet outlet) {
        String pattern = picture instanceof Picture.Test ? Controls.FIRST_PATTERN : "";
        return new LivePipeline(PipelineFactory.create(picture, loop), pattern, outlet);
    }

    /** Starts, or goes on after {@link #pause()}. Of what goes wrong a message tells. */
    public void play() {
        wanted = true;
        if (connected) {
            pipeline.play();
        } else if (!preparing) {
            preparing = true;
            // Only then a playbin has its appsinks, and one for sound only if there is some.
            pipeline.pause().addListener(paused -> {
                preparing = false;
                if (paused.isSuccess()) {
                    connect();
                }
            });
        }
    }

    private void connect() {
        connected = true;
        outlet.pictures(AppSinkSource.builder(pipeline, PipelineFactory.FRAMES));
        if (hasSound()) {
            outlet.sound(AppSinkSource.builder(pipeline, PipelineFactory.SOUND));
        }
        if (wanted) {
            pipeline.play();
        }
    }

    /** Holds the picture. */
    public void pause() {
        wanted = false;
        if (connected) {
            pipeline.pause();
        }
    }

    /**
     * What can be turned while it runs.
     *
     * @return always the same
     */
    public Controls controls() {
        return controls;
    }

    /**
     * Whether sound comes out of it.
     *
     * @return true if there is sound
     */
    public boolean hasSound() {
        return pipeline.has(PipelineFactory.SOUND);
    }

    /**
     * The state it is in.
     *
     * @return GStreamer's name for it, for example {@code PLAYING}
     */
    public String state() {
        return pipeline.state().toString();
    }

    /**
     * The time of the picture that is shown.
     *
     * @return in seconds, empty as long as there is none
     */
    public OptionalDouble position() {
        return seconds(pipeline.position());
    }

    /**
     * How long it is.
     *
     * @return in seconds, empty for a live source
     */
    public OptionalDouble duration() {
        return seconds(pipeline.duration());
    }

    /**
     * Stops for good: no frame and no message comes after it.
     *
     * @return when all of it is freed
     */
    public Future<Void> close() {
        return pipeline.close();
    }

    private static OptionalDouble seconds(OptionalLong nanos) {
        return nanos.isPresent() ? OptionalDouble.of(nanos.getAsLong() / SECOND) : OptionalDouble.empty();
    }
}

package org.nettyglib.examples.live.media;

import io.netty.channel.EventLoop;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.freedesktop.gstreamer.gst.Bus;
import org.freedesktop.gstreamer.gst.ClockTime;
import org.freedesktop.gstreamer.gst.Element;
import org.freedesktop.gstreamer.gst.Format;
import org.freedesktop.gstreamer.gst.State;
import org.freedesktop.gstreamer.gst.StateChangeReturn;
import org.gnome.glib.GLib;
import org.javagi.base.Out;
import org.jspecify.annotations.Nullable;

/** A running pipeline. To be used on its event loop's thread only. */
public final class LivePipeline implements AutoCloseable {

    /** Samples of sound per second. */
    public static final int SOUND_RATE = 24_000;

    private static final double SECOND = 1e9;

    private final PipelineFactory.Parts parts;
    private final Element pipeline;
    private final Bus bus;
    private final AppSinkTap frames;
    private final @Nullable AppSinkTap sound;

    LivePipeline(PipelineFactory.Parts parts, EventLoop loop, Outlet outlet) {
        this.parts = parts;
        this.pipeline = parts.pipeline();
        this.frames = new AppSinkTap(parts.frames().handle(), loop, outlet::frame);
        this.sound = parts.sound() == null ? null : new AppSinkTap(parts.sound().handle(), loop, outlet::sound);
        this.bus = Objects.requireNonNull(pipeline.getBus(), "a pipeline has a bus");
        // On the calling thread's default context, which on an event loop's thread is the loop's own.
        bus.addWatch(GLib.PRIORITY_DEFAULT, new BusWatch(pipeline.handle(), outlet::message));
    }

    /**
     * Builds the pipeline for a picture; {@link #play()} starts it.
     *
     * @param picture what is to be seen
     * @param loop the event loop whose thread this is
     * @param outlet takes frames, sound and messages
     * @return the pipeline
     * @throws MediaException if it cannot be built: says what is missing
     */
    public static LivePipeline open(Picture picture, EventLoop loop, Outlet outlet) {
        return new LivePipeline(PipelineFactory.create(picture), loop, outlet);
    }

    /**
     * Starts, or goes on after {@link #pause()}.
     *
     * @return false if it failed; a message says why
     */
    public boolean play() {
        return pipeline.setState(State.PLAYING) != StateChangeReturn.FAILURE;
    }

    /** Holds the picture. */
    public void pause() {
        pipeline.setState(State.PAUSED);
    }

    /**
     * What can be turned while it runs.
     *
     * @return always the same
     */
    public Controls controls() {
        return parts.controls();
    }

    /**
     * Whether sound comes out of it.
     *
     * @return true if there is sound
     */
    public boolean hasSound() {
        return sound != null;
    }

    /**
     * The state it is in.
     *
     * @return GStreamer's name for it, for example {@code PLAYING}
     */
    public String state() {
        Out<State> state = new Out<>();
        pipeline.getState(state, null, new ClockTime(0L));
        return String.valueOf(state.get());
    }

    /**
     * The time of the picture that is shown.
     *
     * @return in seconds, empty as long as there is none
     */
    public OptionalDouble position() {
        Out<Long> nanos = new Out<>(0L);
        return pipeline.queryPosition(Format.TIME, nanos) ? seconds(nanos) : OptionalDouble.empty();
    }

    /**
     * How long it is.
     *
     * @return in seconds, empty for a live source
     */
    public OptionalDouble duration() {
        Out<Long> nanos = new Out<>(0L);
        return pipeline.queryDuration(Format.TIME, nanos) ? seconds(nanos) : OptionalDouble.empty();
    }

    /** Stops for good: no frame and no message comes after it. */
    @Override
    public void close() {
        bus.removeWatch();
        pipeline.setState(State.NULL);
        frames.close();
        if (sound != null) {
            sound.close();
        }
        parts.controls().release();
        References.dropSurplus(parts.frames());
        References.dropSurplus(parts.sound());
        References.dropSurplus(bus);
        References.dropSurplus(pipeline);
    }

    private static OptionalDouble seconds(Out<Long> nanos) {
        return Optional.ofNullable(nanos.get())
                .filter(n -> n >= 0)
                .map(n -> OptionalDouble.of(n / SECOND))
                .orElse(OptionalDouble.empty());
    }
}

package org.nettyglib.examples.live.media;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.AppSinkSource;
import org.nettyglib.gstreamer.GstBusMessage;
import org.nettyglib.gstreamer.GstException;

/**
 * What is on: a picture, the pipeline that makes it and how that goes. A pipeline that ended or failed is replaced by a new one when it is
 * started again. To be used on the event loop's thread only.
 */
public final class Stage {

    /** How it goes. */
    public enum Phase {
        /** It plays, or is about to. */
        PLAYING,
        /** It was paused. */
        PAUSED,
        /** It came to its end. */
        ENDED,
        /** It failed. */
        FAILED
    }

    private final Picture picture;
    private final EventLoop loop;
    private final Outlet outlet;

    private @Nullable LivePipeline pipeline;
    private Phase phase = Phase.PAUSED;
    private String problem = "";

    /**
     * Creates an empty stage; {@link #play()} begins.
     *
     * @param picture what is to be seen
     * @param loop whose thread this is
     * @param outlet takes frames, sound and messages, the latter after the stage has taken note
     */
    public Stage(Picture picture, EventLoop loop, Outlet outlet) {
        this.picture = picture;
        this.loop = loop;
        this.outlet = new Watching(outlet);
    }

    /**
     * Goes on, or begins again if it has ended or failed.
     *
     * @throws GstException if no pipeline can be built
     */
    public void play() {
        if (phase == Phase.ENDED || phase == Phase.FAILED) {
            restart();
        } else {
            LivePipeline current = pipeline == null ? LivePipeline.open(picture, loop, outlet) : pipeline;
            pipeline = current;
            phase = Phase.PLAYING;
            current.play();
        }
    }

    /** Holds the picture, if there is one that moves. */
    public void pause() {
        if (pipeline != null && phase == Phase.PLAYING) {
            phase = Phase.PAUSED;
            pipeline.pause();
        }
    }

    /**
     * Begins again with a new pipeline, set as the old one was.
     *
     * @throws GstException if no pipeline can be built
     */
    public void restart() {
        LivePipeline old = pipeline;
        close();
        phase = Phase.PAUSED;
        problem = "";
        LivePipeline next;
        try {
            next = LivePipeline.open(picture, loop, outlet);
        } catch (GstException e) {
            phase = Phase.FAILED;
            problem = String.valueOf(e.getMessage());
            throw e;
        }
        if (old != null) {
            next.controls().copy(old.controls());
        }
        pipeline = next;
        play();
    }

    /**
     * How it goes.
     *
     * @return the phase
     */
    public Phase phase() {
        return phase;
    }

    /**
     * Why it failed.
     *
     * @return in words, empty if it did not
     */
    public String problem() {
        return problem;
    }

    /**
     * The pipeline that is on.
     *
     * @return the pipeline, or null before the first
     */
    public @Nullable LivePipeline pipeline() {
        return pipeline;
    }

    /**
     * Ends what is on.
     *
     * @return when all of it is freed
     */
    public Future<Void> close() {
        LivePipeline old = pipeline;
        pipeline = null;
        return old == null ? loop.newSucceededFuture(null) : old.close();
    }

    private final class Watching implements Outlet {

        private final Outlet next;

        private Watching(Outlet next) {
            this.next = next;
        }

        @Override
        public void pictures(AppSinkSource.Builder jpegs) {
            next.pictures(jpegs);
        }

        @Override
        public void sound(AppSinkSource.Builder samples) {
            next.sound(samples);
        }

        @Override
        public void message(GstBusMessage message) {
            if (message instanceof GstBusMessage.EndOfStream) {
                phase = Phase.ENDED;
            } else if (message instanceof GstBusMessage.Error error && problem.isEmpty()) {
                phase = Phase.FAILED;
                problem = error.source() + ": " + error.cause().getMessage();
            }
            next.message(message);
        }
    }
}

package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.freedesktop.gstreamer.app.AppSink;
import org.freedesktop.gstreamer.app.AppSrc;
import org.freedesktop.gstreamer.gst.Gst;
import org.freedesktop.gstreamer.gst.Pipeline;
import org.freedesktop.gstreamer.gst.State;
import org.freedesktop.gstreamer.gst.StateChangeReturn;

/** A pipeline whose appsink is named {@code out}, by java-gi alone. Its states are set on the test's thread. */
final class SinkPipeline implements AutoCloseable {
    private final Pipeline pipeline;

    SinkPipeline(String description) throws Exception {
        GStreamer.init();
        pipeline = (Pipeline) Gst.parseLaunch(description);
    }

    AppSink sink() {
        return (AppSink) Objects.requireNonNull(pipeline.getByName("out"));
    }

    AppSinkSource.Builder source() {
        return AppSinkSource.builder(sink());
    }

    private AppSrc in() {
        return (AppSrc) Objects.requireNonNull(pipeline.getByName("in"));
    }

    /** Gives a buffer to the appsrc named {@code in}. */
    void push(ByteBuf bytes, int flags) {
        in().pushBuffer(GstBuffers.toBuffer(
                MediaFrame.builder(bytes).flags(flags).build()));
    }

    void end() {
        in().endOfStream();
    }

    SinkPipeline play() {
        assertThat(pipeline.setState(State.PLAYING)).isNotEqualTo(StateChangeReturn.FAILURE);
        return this;
    }

    void stop() {
        assertThat(pipeline.setState(State.NULL)).isEqualTo(StateChangeReturn.SUCCESS);
    }

    @Override
    public void close() {
        stop();
    }
}

package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.freedesktop.gstreamer.app.AppSink;
import org.freedesktop.gstreamer.app.AppSrc;
import org.freedesktop.gstreamer.gst.Caps;
import org.freedesktop.gstreamer.gst.ClockTime;
import org.freedesktop.gstreamer.gst.Gst;
import org.freedesktop.gstreamer.gst.Message;
import org.freedesktop.gstreamer.gst.MessageType;
import org.freedesktop.gstreamer.gst.Pipeline;
import org.freedesktop.gstreamer.gst.State;
import org.freedesktop.gstreamer.gst.StateChangeReturn;
import org.nettyglib.channel.Await;

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

    /** Numbered frames by an appsrc named {@code in}. */
    static SinkPipeline fed(String sinkProperties) throws Exception {
        return new SinkPipeline("appsrc name=in max-bytes=0 ! appsink name=out sync=false " + sinkProperties);
    }

    void push(int number, boolean isKey) {
        push(NumberedFrames.frame(number), isKey ? 0 : MediaFrame.FLAG_DELTA_UNIT);
    }

    /** Gives a buffer to the appsrc named {@code in}. */
    void push(ByteBuf bytes, int flags) {
        push(MediaFrame.builder(bytes).flags(flags).build());
    }

    void push(MediaFrame frame) {
        in().pushBuffer(GstBuffers.toBuffer(frame));
    }

    void end() {
        in().endOfStream();
    }

    /** Caps for the buffers that are pushed from now on. */
    void caps(String caps) {
        in().setCaps(Caps.fromString(caps));
    }

    /** Waits for the end of the stream to be posted, which a failure would be, too. */
    void awaitEnd() {
        Message message = Objects.requireNonNull(
                Objects.requireNonNull(pipeline.getBus())
                        .timedPopFiltered(
                                new ClockTime(TimeUnit.SECONDS.toNanos(Await.SECONDS)),
                                EnumSet.of(MessageType.EOS, MessageType.ERROR)),
                "no end");
        assertThat(message.readType()).isEqualTo(EnumSet.of(MessageType.EOS));
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

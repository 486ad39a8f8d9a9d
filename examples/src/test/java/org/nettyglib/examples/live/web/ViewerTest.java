package org.nettyglib.examples.live.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewerTest {

    private final FrameHub hub = new FrameHub(UnpooledByteBufAllocator.DEFAULT);
    private final Viewer viewer = new Viewer(hub, "test");
    private final EmbeddedChannel channel = new EmbeddedChannel(viewer);
    private final ByteBuf[] frames = {frame(1), frame(2), frame(3), frame(4)};

    @AfterEach
    void everythingIsReleased() {
        channel.finishAndReleaseAll();
        for (ByteBuf frame : frames) {
            assertThat(frame.refCnt()).as("references but the test's own").isEqualTo(1);
            frame.release();
        }
    }

    @Test
    void shouldWriteAtOnceWhatCanBeWritten() {
        viewer.offer(frames[0]);
        viewer.offer(frames[1]);

        assertThat(written()).isEqualTo(1);
        assertThat(written()).isEqualTo(2);
        assertThat(viewer.dropped()).isZero();
    }

    @Test
    void shouldKeepOnlyTheNewestFrameForASlowConnection() {
        writable(false);
        for (ByteBuf frame : frames) {
            viewer.offer(frame);
        }
        assertThat(channel.<Object>readOutbound()).isNull();
        assertThat(frames[0].refCnt()).as("a dropped frame is released at once").isEqualTo(1);

        writable(true);

        assertThat(written()).isEqualTo(4);
        assertThat(channel.<Object>readOutbound()).isNull();
        assertThat(viewer.dropped()).isEqualTo(3);
        assertThat(viewer.sent()).isEqualTo(1);
    }

    @Test
    void shouldReleaseTheWaitingFrameWhenTheConnectionEnds() {
        writable(false);
        viewer.offer(frames[0]);

        channel.close();

        assertThat(frames[0].refCnt()).isEqualTo(1);
        assertThat(hub.viewers()).isEmpty();
    }

    private void writable(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        channel.runPendingTasks();
    }

    private int written() {
        ByteBuf buffer = channel.readOutbound();
        try {
            return buffer.readByte();
        } finally {
            buffer.release();
        }
    }

    private static ByteBuf frame(int number) {
        return Unpooled.buffer(1).writeByte(number);
    }
}

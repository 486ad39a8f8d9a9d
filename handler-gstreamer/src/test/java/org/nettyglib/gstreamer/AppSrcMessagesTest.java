package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.DefaultByteBufHolder;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.gstreamer.ffi.LibGstMiniObject;
import org.nettyglib.gstreamer.ffi.LibGstSample;
import org.nettyglib.loop.LoopKind;

/** What an appsrc's handler takes, and what it passes on. */
class AppSrcMessagesTest extends AbstractAppSrcTest {
    AppSrcMessagesTest() {
        super(LoopKind.OWN_THREAD);
    }

    /** Hands messages to the handler in a channel, which is closed afterwards, and returns those that were passed on. */
    private List<Object> read(AppSrcHandler handler, Object... messages) throws Exception {
        BlockingQueue<Object> passedOn = new LinkedBlockingQueue<>();
        Channel server = fixture.serve(handler);
        try (SocketChannel peer = AppSrcFixture.connect(server)) {
            Channel channel = fixture.accepted();
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    passedOn.add(message);
                }
            });
            for (Object message : messages) {
                channel.pipeline().fireChannelRead(message);
            }
            Await.success(channel.close());
        }
        return new ArrayList<>(passedOn);
    }

    private static ByteBuf direct(String text) {
        return ByteBufAllocator.DEFAULT.directBuffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuf heap(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    @Test
    void shouldTakeBytesInEveryShape() throws Exception {
        Path file = directory.resolve("file");
        ByteBuf shared = direct("shared ");
        ByteBuf[] empty = {Unpooled.EMPTY_BUFFER, direct(""), heap("")};
        LastHttpContent end = LastHttpContent.EMPTY_LAST_CONTENT;
        DefaultByteBufHolder emptyHolder = new DefaultByteBufHolder(direct(""));
        try (RawPipeline pipeline = RawPipeline.parse("appsrc name=in ! filesink location=" + file)
                        .play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            List<Object> passedOn = read(
                    handler,
                    direct("direct "),
                    heap("heap "),
                    Unpooled.compositeBuffer().addComponents(true, direct("com"), heap("po"), direct("site ")),
                    direct("read-only ").asReadOnly(),
                    direct("xx sliced yy").slice(3, 7),
                    shared.retain(),
                    empty[0],
                    empty[1],
                    empty[2],
                    new DefaultHttpContent(direct("http ")),
                    new BinaryWebSocketFrame(heap("websocket")),
                    end,
                    emptyHolder,
                    "no bytes");
            assertThat(passedOn).containsExactly(end, emptyHolder, "no bytes");
            pipeline.awaitEos();
        }
        assertThat(Files.readString(file)).isEqualTo("direct heap composite read-only sliced shared http websocket");
        assertThat(shared.refCnt()).isOne();
        shared.release();
        emptyHolder.release();
        assertThat(empty[1].refCnt()).isZero();
        assertThat(fixture.thrown).isEmpty();
    }

    @Test
    void shouldKeepTheTimesOfFrames() throws Exception {
        String caps = "audio/x-raw, format=(string)S16LE, rate=(int)8000, channels=(int)1, layout=(string)interleaved";
        MediaCaps first = MediaCaps.of(caps);
        MediaCaps second = MediaCaps.of(caps.replace("8000", "16000"));
        try (RawPipeline pipeline = RawPipeline.parse("appsrc name=in format=time ! appsink name=out sync=false")
                        .play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            read(
                    handler,
                    MediaFrame.builder(direct("abcd"))
                            .pts(40)
                            .dts(20)
                            .duration(7)
                            .caps(first)
                            .build(),
                    MediaFrame.builder(heap("efgh"))
                            .pts(60)
                            .caps(first)
                            .flags(MediaFrame.FLAG_DELTA_UNIT)
                            .build(),
                    MediaFrame.builder(direct("ijkl"))
                            .pts(80)
                            .flags(MediaFrame.FLAG_MARKER)
                            .caps(second)
                            .build());
            long out = pipeline.element("out");
            assertThat(next(out)).isEqualTo("abcd 40 20 7 0 " + first);
            assertThat(next(out)).isEqualTo("efgh 60 -1 -1 " + MediaFrame.FLAG_DELTA_UNIT + " " + first);
            assertThat(next(out)).isEqualTo("ijkl 80 -1 -1 " + MediaFrame.FLAG_MARKER + " " + second);
            assertThat(RawPipeline.pull(out)).isZero();
            LibGobject.g_object_unref(out);
        }
    }

    /** The first buffer of an appsrc has {@code DISCONT}. */
    private static String next(long appsink) {
        long sample = RawPipeline.pull(appsink);
        assertThat(sample).isNotZero();
        MediaFrame frame = GstBuffers.frame(
                LibGstSample.gst_sample_get_buffer(sample), MediaCaps.of(LibGstSample.gst_sample_get_caps(sample)));
        LibGstMiniObject.gst_mini_object_unref(sample);
        try {
            return frame.content().toString(StandardCharsets.US_ASCII)
                    + ' '
                    + frame.pts()
                    + ' '
                    + frame.dts()
                    + ' '
                    + frame.duration()
                    + ' '
                    + (frame.flags() & ~MediaFrame.FLAG_DISCONT)
                    + ' '
                    + frame.caps();
        } finally {
            frame.release();
        }
    }

    @Test
    void shouldGiveLiveDataTheTimeOfItsArrival() throws Exception {
        try (RawPipeline pipeline = RawPipeline.parse("appsrc name=in ! appsink name=out sync=false");
                AppSrcHandler handler = pipeline.handler("in")
                        .caps("application/x-rtp")
                        .liveTimestamps()
                        .build()) {
            pipeline.play();
            read(handler, direct("a"), heap("b"));
            long out = pipeline.element("out");
            long sample = RawPipeline.pull(out);
            MediaFrame frame = GstBuffers.frame(
                    LibGstSample.gst_sample_get_buffer(sample), MediaCaps.of(LibGstSample.gst_sample_get_caps(sample)));
            assertThat(frame.pts()).isPositive().isLessThan(60_000_000_000L);
            assertThat(String.valueOf(frame.caps())).isEqualTo("application/x-rtp");
            LibGstMiniObject.gst_mini_object_unref(sample);
            frame.release();
            LibGobject.g_object_unref(out);
        }
    }
}
